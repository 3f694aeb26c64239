package io.github.keycloakmcp.tests.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * The home of a server that has built itself, kept for the next one with the same distribution, jars and build options:
 * it need be neither unpacked nor built. Without this, most of the time until a server is ready would be spent on results
 * that are known. Keycloak itself compares options and jars when it starts and builds again where they differ, so that a
 * wrong guess here costs time only.
 */
final class BuiltHome {

    private static final Pattern BUILD_OPTION = Pattern.compile(
            "--(db|features?|features-disabled|feature-.+|health-enabled|http-relative-path|metrics-enabled|"
                    + "spi-.+--(enabled|provider|provider-default))=.*");

    private final Path distribution;
    private final String kind;
    private final Path folder;

    private BuiltHome(Path distribution, String kind, String jars) {
        this.distribution = distribution;
        this.kind = kind;
        this.folder = TestSettings.workFolder().resolve("built").resolve(kind + "-" + jars);
    }

    /** What a server with these options would build. */
    static BuiltHome of(Path distribution, ServerOptions options) {
        List<String> build = options.arguments().stream()
                .filter(argument -> BUILD_OPTION.matcher(argument).matches())
                .sorted()
                .toList();
        String name = distribution.getFileName().toString().replace(".zip", "");
        return new BuiltHome(
                distribution,
                name + "-"
                        + digest(options.mode() + build + (options.providers().isEmpty() ? "stock" : "")),
                digest(contents(options.providers())));
    }

    /** Makes the home: a copy of a built one if there is one, else unpacked. */
    void unfold(ServerOptions options, Path home) {
        if (Files.isDirectory(folder)) {
            Distribution.copy(folder, home);
            return;
        }
        Distribution.unpack(distribution, home);
        Distribution.install(options.providers(), home.resolve("providers"));
    }

    /** Keeps a copy of the home of a server that is ready, unless there is one; older jars' homes are removed. */
    void keep(Path home) {
        if (Files.isDirectory(folder)) {
            return;
        }
        try {
            Path parent = Files.createDirectories(folder.resolveSibling("."));
            Path copy = Files.createTempDirectory(parent, "copy");
            Distribution.copy(home, copy);
            removeOlder(parent);
            moved(copy);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep " + home, e);
        }
    }

    private void moved(Path copy) throws IOException {
        try {
            Files.move(copy, folder);
        } catch (FileAlreadyExistsException e) {
            Distribution.delete(copy); // another server was ready at the same time
        }
    }

    private void removeOlder(Path parent) throws IOException {
        try (Stream<Path> kept = Files.list(parent)) {
            kept.filter(other -> other.getFileName().toString().startsWith(kind + "-"))
                    .filter(other -> !other.getFileName().equals(folder.getFileName()))
                    .forEach(Distribution::delete);
        }
    }

    /** What is in the jars, whenever they were packed. */
    private static String contents(List<Path> jars) {
        return jars.stream().map(BuiltHome::entries).toList().toString();
    }

    private static String entries(Path jar) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return jar.getFileName()
                    + zip.stream()
                            .map(entry -> entry.getName() + " " + entry.getSize() + " " + entry.getCrc())
                            .sorted()
                            .toList()
                            .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
