package io.github.keycloakmcp.tests.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A PostgreSQL with an empty database on a free loopback port, from the programs that the machine has installed. It
 * refuses to run as root; a root user lends it to the user {@code postgres} that Debian's package brings along.
 */
public final class PostgresServer implements AutoCloseable {

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String USER = "keycloak";

    private final Path bin;
    private final Path folder;
    private final int port = Ports.free();
    private final Path log = TestSettings.workFolder().resolve("postgres-" + port + ".log");
    private final ChildProcess process;

    private PostgresServer(Path bin, String... settings) {
        this.bin = bin;
        try {
            folder = Files.createTempDirectory("keycloak-mcp-postgres");
            if (isRoot()) {
                Files.setOwner(
                        folder,
                        folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String data = folder.resolve("data").toString();
        run(bin, "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync");
        List<String> arguments = new ArrayList<>(
                List.of("-D", data, "-h", "127.0.0.1", "-p", Integer.toString(port), "-k", folder.toString()));
        for (String setting : settings) {
            arguments.addAll(List.of("-c", setting));
        }
        process = run(bin, "postgres", arguments.toArray(String[]::new));
        process.await("PostgreSQL is not ready", () -> Ports.taken(port), LIMIT);
    }

    /** Whether this machine has one. */
    public static boolean isInstalled() {
        return programs().isPresent();
    }

    /** Starts one that does not wait for the disk; the machine has to have it. */
    public static PostgresServer start() {
        return start("fsync=off");
    }

    /** The same, and it writes down every statement, for {@link #statements}. */
    public static PostgresServer startRecording() {
        return start("fsync=off", "log_statement=all", "log_line_prefix=");
    }

    /** The same, but every commit waits for the disk as in production: for measurements. */
    public static PostgresServer startDurable() {
        return start("fsync=on");
    }

    private static PostgresServer start(String... settings) {
        return new PostgresServer(
                programs().orElseThrow(() -> new IllegalStateException("no PostgreSQL here: .ci/postgresql")),
                settings);
    }

    /** Executes statements, such as what makes many rows at once; fails if one fails. */
    public void execute(String statements) {
        Path script = TestSettings.workFolder().resolve("statements-" + port + ".sql");
        try {
            Files.writeString(script, statements);
            Process psql = new ProcessBuilder(
                            bin.resolve("psql").toString(),
                            "-q",
                            "-v",
                            "ON_ERROR_STOP=1",
                            "-h",
                            "127.0.0.1",
                            "-p",
                            Integer.toString(port),
                            "-U",
                            USER,
                            "-d",
                            "postgres",
                            "-f",
                            script.toString())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(psql.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (psql.waitFor() != 0) {
                throw new IllegalStateException("psql: " + output.strip());
            }
            Files.delete(script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while psql was running", e);
        }
    }

    /** The statements that a server which records them has executed. */
    public StatementLog statements() {
        return new StatementLog(log);
    }

    /** The CPU time of its processes so far, without those that have ended. */
    public Duration cpu() {
        return process.cpu();
    }

    /** The port that it listens on. */
    public int port() {
        return port;
    }

    /** Arguments with which Keycloak uses the database. */
    public List<String> keycloakArguments() {
        return keycloakArguments(port);
    }

    /** The same by way of another port, behind which the database is. */
    public List<String> keycloakArguments(int through) {
        return List.of(
                "--db=postgres",
                "--db-url=jdbc:" + URI.create("postgresql://127.0.0.1:" + through + "/postgres"),
                "--db-username=" + USER,
                "--db-password=" + USER);
    }

    /** Ends it, and forgets its data. */
    @Override
    public void close() {
        process.close();
        Distribution.delete(folder);
        Distribution.delete(log);
    }

    private ChildProcess run(Path bin, String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        command.add(bin.resolve(program).toString());
        command.addAll(List.of(arguments));
        ChildProcess started = ChildProcess.start(command, Map.of("LC_ALL", "C"), folder, log);
        if (program.equals("initdb")) {
            started.awaitEnd(LIMIT);
        }
        return started;
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static Optional<Path> programs() {
        if (!Files.isDirectory(DEBIAN)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
