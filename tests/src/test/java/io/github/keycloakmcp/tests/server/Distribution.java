package io.github.keycloakmcp.tests.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Unpacks Keycloak's distribution zip into an empty folder: the same bits that people install. */
public final class Distribution {

    private Distribution() {}

    /** Unpacks without the top folder of the zip, replacing what was there before. */
    public static void unpack(Path zip, Path home) {
        if (!Files.exists(zip)) {
            throw new IllegalStateException("Keycloak distribution missing: " + zip);
        }
        delete(home);
        try (InputStream file = Files.newInputStream(zip);
                ZipInputStream entries = new ZipInputStream(file)) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                write(entries, entry, home);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack " + zip, e);
        }
    }

    /**
     * Copies the home of a server that has built itself, but for its data. The files keep their times, by which Keycloak
     * sees that there is nothing to build. The libraries, which nothing ever writes, are linked where the disk allows it.
     */
    public static void copy(Path built, Path home) {
        delete(home);
        Path data = built.resolve("data"); // a server that runs changes it
        try (Stream<Path> parts = Files.list(built)) {
            Files.createDirectory(home);
            for (Path part : parts.filter(file -> !file.equals(data)).toList()) {
                copy(built, part, home);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy " + built, e);
        }
    }

    private static void copy(Path built, Path part, Path home) throws IOException {
        Path libraries = built.resolve("lib/lib");
        try (Stream<Path> tree = Files.walk(part)) {
            for (Path path : tree.toList()) {
                Path target = home.resolve(built.relativize(path));
                if (!path.startsWith(libraries) || Files.isDirectory(path) || !linked(path, target)) {
                    Files.copy(path, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    /** Copies files into a sub-folder of the home. */
    public static void install(List<Path> files, Path folder) {
        try {
            Files.createDirectories(folder);
            for (Path file : files) {
                Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes a folder with everything in it, if it exists. */
    public static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot empty " + folder, e);
        }
    }

    private static boolean linked(Path file, Path target) {
        try {
            Files.createLink(target, file);
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static void write(ZipInputStream content, ZipEntry entry, Path home) throws IOException {
        int slash = entry.getName().indexOf('/');
        Path target = home.resolve(entry.getName().substring(slash + 1)).normalize();
        if (!target.startsWith(home)) {
            throw new IOException("entry outside the folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.resolveSibling("."));
        Files.copy(content, target);
        if (target.toString().endsWith(".sh") && !target.toFile().setExecutable(true)) {
            throw new IOException("cannot make executable: " + target);
        }
    }
}
