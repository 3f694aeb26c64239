package io.github.keycloakmcp.tests.server;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * The jar of another extension of Keycloak, made of the text of one class that is a factory, so that a test shows what an extension that
 * administrators install beside this one can do.
 */
public final class OtherExtension {

    /** What the class may use. */
    private static final Pattern LIBRARIES = Pattern.compile(
            ".*/org\\.keycloak\\.keycloak-(common|core|server-spi|server-spi-private|services)-\\d[^/]*\\.jar");

    private OtherExtension() {}

    /**
     * Compiles the class against the server under test.
     *
     * @param factory the interface that it is found by
     * @param name its name, without a package
     * @param source its text
     */
    public static Path jar(String factory, String name, String source) {
        try {
            Path folder =
                    Files.createTempDirectory(Files.createDirectories(TestSettings.workFolder()), "other-extension");
            Path file = Files.writeString(folder.resolve(name + ".java"), source);
            compile(file, libraries(folder));
            Path jar = folder.resolve(name + ".jar");
            try (Stream<Path> classes = Files.list(folder);
                    JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
                for (Path type : classes.filter(path -> path.toString().endsWith(".class"))
                        .toList()) {
                    add(out, String.valueOf(type.getFileName()), Files.readAllBytes(type));
                }
                add(out, "META-INF/services/" + factory, name.getBytes(StandardCharsets.UTF_8));
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void compile(Path file, List<Path> libraries) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String path = String.join(
                System.getProperty("path.separator"),
                libraries.stream().map(Path::toString).toList());
        int failed = compiler.run(
                null,
                OutputStream.nullOutputStream(),
                null,
                "--release",
                "17",
                "-proc:none",
                "-cp",
                path,
                file.toString());
        if (failed != 0) {
            throw new AssertionError("the other extension does not compile: " + file);
        }
    }

    private static List<Path> libraries(Path folder) throws IOException {
        List<Path> libraries = new ArrayList<>();
        try (ZipFile distribution = new ZipFile(TestSettings.distribution().toFile())) {
            for (ZipEntry entry : distribution.stream()
                    .filter(found -> LIBRARIES.matcher(found.getName()).matches())
                    .toList()) {
                Path library = folder.resolve("library-" + libraries.size() + ".jar");
                Files.copy(distribution.getInputStream(entry), library);
                libraries.add(library);
            }
        }
        return libraries;
    }

    private static void add(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(content);
        jar.closeEntry();
    }
}
