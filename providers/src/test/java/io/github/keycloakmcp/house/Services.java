package io.github.keycloakmcp.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.keycloak.provider.ProviderFactory;

/** The providers as Keycloak finds them: by the files in {@code META-INF/services}. */
final class Services {

    private static final Path CLASSES = Path.of("target/classes");
    private static final Path FILES = Path.of("src/main/resources/META-INF/services");

    private Services() {}

    /** The names of the listed classes, by the name of the service they provide. */
    static SortedMap<String, List<String>> listed() {
        SortedMap<String, List<String>> listed = new TreeMap<>();
        try (Stream<Path> files = Files.list(FILES)) {
            for (Path file : files.toList()) {
                listed.put(file.getFileName().toString(), providers(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return listed;
    }

    /** One instance of each listed provider factory, by service. */
    static SortedMap<String, List<ProviderFactory<?>>> factories() {
        SortedMap<String, List<ProviderFactory<?>>> factories = new TreeMap<>();
        listed().forEach((service, names) -> {
            if (ProviderFactory.class.isAssignableFrom(load(service))) {
                factories.put(
                        service,
                        names.stream()
                                .<ProviderFactory<?>>map(Services::instance)
                                .toList());
            }
        });
        return factories;
    }

    /** Every class of the product. */
    static List<Class<?>> classes() {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            return files.map(file -> CLASSES.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && !file.endsWith("package-info.class"))
                    .map(file -> file.substring(0, file.length() - 6)
                            .replace('/', '.')
                            .replace('\\', '.'))
                    .<Class<?>>map(Services::load)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The class of that name, not initialized. */
    static Class<?> load(String name) {
        try {
            return Class.forName(name, false, Services.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new LinkageError("no such class: " + name, e);
        }
    }

    private static ProviderFactory<?> instance(String name) {
        try {
            return (ProviderFactory<?>) load(name).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no public constructor without parameters: " + name, e);
        }
    }

    private static List<String> providers(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
