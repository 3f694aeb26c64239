package io.github.keycloakmcp.tests.realclients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.keycloakmcp.tests.server.TestSettings;

/**
 * The scripts with the npm packages they need, in the exact versions of the lock file, installed once in the build
 * folder. Among the packages is the Node release that the conformance suite wants; where npm has none for the platform,
 * the Node on the path has to be new enough.
 *
 * @param folder where scripts and packages are
 * @param node the Node to run them with
 */
record NodeInstallation(Path folder, String node) {

    private static final String LOCK = "package-lock.json";
    private static final int WANTED_MAJOR = 22;
    private static final Duration INSTALL = Duration.ofMinutes(5);
    private static final Duration ASK = Duration.ofSeconds(30);

    /** Installs what is missing; a run with nothing missing needs no network. */
    static synchronized NodeInstallation ready() {
        Path folder = TestSettings.workFolder().resolveSibling("real-clients");
        try {
            copyScripts(sources(), folder);
            Path stamp = folder.resolve("node_modules/.installed-for.json");
            String lock = Files.readString(folder.resolve(LOCK));
            if (!Files.exists(stamp) || !Files.readString(stamp).equals(lock)) {
                install(folder);
                Files.writeString(stamp, lock);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new NodeInstallation(folder, newEnoughNode(folder));
    }

    private static Path sources() {
        return Stream.of("src/real-clients", "tests/src/real-clients")
                .map(Path::of)
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the folder src/real-clients is missing"));
    }

    private static void copyScripts(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void install(Path folder) {
        version("node", folder);
        Command.Outcome outcome = run(List.of("npm", "ci", "--no-audit", "--no-fund"), folder, INSTALL);
        if (outcome.exitCode() != 0) {
            throw new IllegalStateException("npm ci failed: " + outcome.errors().strip());
        }
    }

    private static String newEnoughNode(Path folder) {
        Path brought = folder.resolve("node_modules/node/bin/node");
        String node = Files.isExecutable(brought) ? brought.toString() : "node";
        String version = version(node, folder);
        int major = Integer.parseInt(version.replaceFirst("^v(\\d+)\\..*$", "$1"));
        if (major < WANTED_MAJOR) {
            throw new IllegalStateException(
                    "The real clients need Node " + WANTED_MAJOR + " or newer, the one on the path is " + version);
        }
        return node;
    }

    private static String version(String node, Path folder) {
        return run(List.of(node, "--version"), folder, ASK).output().strip();
    }

    private static Command.Outcome run(List<String> command, Path folder, Duration limit) {
        try {
            return Command.run(command, folder, Map.of(), limit);
        } catch (UncheckedIOException e) {
            throw new IllegalStateException(
                    "The real clients need Node with npm (https://nodejs.org): cannot run " + command.get(0), e);
        }
    }
}
