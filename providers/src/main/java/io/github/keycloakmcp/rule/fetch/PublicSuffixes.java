package io.github.keycloakmcp.rule.fetch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The Public Suffix List, from the file {@code public-suffixes.txt} beside this class: names under which others than their owner
 * have domains. {@code .ci/public-suffixes} renews the file.
 *
 * @see <a href="https://github.com/publicsuffix/list/wiki/Format">format of the list</a>
 */
final class PublicSuffixes {

    /** The owner of a suffix, who assigns the names below it. */
    enum Kind {
        /** A registry, such as that of a country. */
        REGISTRY,
        /** A company that has registered the suffix itself, for its customers. */
        PRIVATE
    }

    private static final String FILE = "public-suffixes.txt";
    private static final String PRIVATE_BEGIN = "===BEGIN PRIVATE DOMAINS===";

    private static final Map<String, Kind> RULES = read();

    private PublicSuffixes() {}

    /**
     * The kind of its owner, if the name is a suffix.
     *
     * @param name in lower case, not in Punycode
     */
    static Optional<Kind> kind(String name) {
        Kind kind = RULES.get(name);
        if (kind != null) {
            return Optional.of(kind);
        }
        int dot = name.indexOf('.');
        return dot < 0 || isException(name)
                ? Optional.empty()
                : Optional.ofNullable(RULES.get("*" + name.substring(dot)));
    }

    /** Whether a rule has the whole name, not a wildcard for its first label. */
    static boolean isWritten(String name) {
        return RULES.containsKey(name);
    }

    /** Whether a rule says that it is a domain although its neighbours are suffixes. */
    static boolean isException(String name) {
        return RULES.containsKey("!" + name);
    }

    private static Map<String, Kind> read() {
        Map<String, Kind> rules = new HashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(PublicSuffixes.class.getResourceAsStream(FILE), FILE),
                StandardCharsets.UTF_8))) {
            Kind kind = Kind.REGISTRY;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains(PRIVATE_BEGIN)) {
                    kind = Kind.PRIVATE;
                } else if (!line.isEmpty() && !line.startsWith("//")) {
                    rules.put(line, kind);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(rules);
    }
}
