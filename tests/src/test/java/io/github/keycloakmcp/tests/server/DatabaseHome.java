package io.github.keycloakmcp.tests.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The folder of a database server, and its programs. Database servers refuse to run as root; a root user lends the folder to
 * another user, who runs them.
 */
final class DatabaseHome {

    /** How long a program may take until it is ready, or has done its work. */
    static final Duration LIMIT = Duration.ofSeconds(60);

    private final String user;
    private final int port = Ports.free();
    private final Path folder;
    private final Path log;

    /**
     * Makes a folder.
     *
     * @param kind names the folder and the log
     * @param user runs the programs where this process belongs to root
     */
    DatabaseHome(String kind, String user) {
        this.user = user;
        this.log = TestSettings.workFolder().resolve(kind + "-" + port + ".log");
        try {
            folder = Files.createTempDirectory("keycloak-mcp-" + kind);
            if (isRoot()) {
                Files.setOwner(
                        folder,
                        folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    Path folder() {
        return folder;
    }

    Path log() {
        return log;
    }

    /** Runs a program to its end; fails with the end of the log. */
    void finish(Path program, String... arguments) {
        start(program, List.of(arguments)).awaitEnd(LIMIT);
    }

    /** Starts the server, and returns when it accepts connections. */
    ChildProcess serve(Path program, List<String> arguments) {
        ChildProcess process = start(program, arguments);
        process.await(program.getFileName() + " is not ready", () -> Ports.answers(port), LIMIT);
        return process;
    }

    /** Lets a client program execute statements, which it reads from its input; several can do so at once. Returns what it writes. */
    String execute(List<String> client, String statements) {
        try {
            Path script = Files.createTempFile(TestSettings.workFolder(), "statements-", ".sql");
            Files.writeString(script, statements);
            Process process = new ProcessBuilder(client)
                    .redirectInput(script.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(client.get(0) + ": " + output.strip());
            }
            Files.delete(script);
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while statements were running", e);
        }
    }

    void delete() {
        Distribution.delete(folder);
        Distribution.delete(log);
    }

    private ChildProcess start(Path program, List<String> arguments) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("runuser", "-u", user, "--"));
        }
        command.add(program.toString());
        command.addAll(arguments);
        return ChildProcess.start(command, Map.of("LC_ALL", "C", "HOME", folder.toString()), folder, log);
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
