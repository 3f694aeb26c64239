package io.github.keycloakmcp.rule.cimd;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.keycloakmcp.rule.PackedProperties;

/**
 * Copies of known vendors' metadata documents, from the file {@code bundled-documents.properties} beside this class. A
 * server that cannot reach the vendors reads these if its administrator switches that on; otherwise clients that use their
 * document and never register cannot connect there.
 */
public final class BundledDocuments {

    private static final String FILE = "bundled-documents.properties";

    private static final String URL = ".url";

    private static final Map<String, String> BY_URL = read();

    private BundledDocuments() {}

    /** The copy of the document at {@code url}. */
    public static Optional<String> at(String url) {
        return Optional.ofNullable(BY_URL.get(url));
    }

    /** The addresses of all documents that there are copies of. */
    public static Set<String> urls() {
        return BY_URL.keySet();
    }

    private static Map<String, String> read() {
        Properties file = PackedProperties.beside(BundledDocuments.class, FILE);
        return file.stringPropertyNames().stream()
                .filter(key -> key.endsWith(URL))
                .collect(Collectors.toUnmodifiableMap(
                        file::getProperty,
                        key -> Objects.requireNonNull(
                                file.getProperty(key.substring(0, key.length() - URL.length()) + ".document"), key)));
    }
}
