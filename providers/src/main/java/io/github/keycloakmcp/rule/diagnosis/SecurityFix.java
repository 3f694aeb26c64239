package io.github.keycloakmcp.rule.diagnosis;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

import io.github.keycloakmcp.rule.PackedProperties;

/**
 * A security fix of Keycloak, from the file {@code security-fixes.properties} beside this class.
 *
 * @param id what it is publicly known as
 * @param releases the releases that brought it, one of each line
 * @param stops what goes on without it
 */
record SecurityFix(String id, List<Release> releases, String stops) {

    private static final String FILE = "security-fixes.properties";

    private static final List<SecurityFix> ALL = read();

    static List<SecurityFix> all() {
        return ALL;
    }

    /** The fixes that {@code release} lacks. */
    static List<SecurityFix> missingIn(Release release) {
        return ALL.stream().filter(fix -> release.lacks(fix.releases())).toList();
    }

    /** The first release that has it: of the same line where there is one, else of the next. */
    Release after(Release release) {
        return releases.stream()
                .filter(release::isOfLine)
                .findFirst()
                .orElseGet(() -> releases.stream()
                        .filter(fix -> release.compareTo(fix) < 0)
                        .findFirst()
                        .orElseThrow());
    }

    private static List<SecurityFix> read() {
        Properties file = PackedProperties.beside(SecurityFix.class, FILE);
        return file.stringPropertyNames().stream()
                .map(id -> of(id, file.getProperty(id)))
                .sorted(Comparator.comparing((SecurityFix fix) -> fix.releases().get(0))
                        .thenComparing(SecurityFix::id))
                .toList();
    }

    private static SecurityFix of(String id, String text) {
        String[] parts = text.split(": ", 2);
        return new SecurityFix(
                id,
                Arrays.stream(parts[0].split(" ", -1))
                        .map(Release::of)
                        .flatMap(Optional::stream)
                        .sorted()
                        .toList(),
                parts[1]);
    }
}
