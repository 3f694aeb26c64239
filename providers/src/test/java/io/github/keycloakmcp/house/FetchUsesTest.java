package io.github.keycloakmcp.house;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** No HTTP client has a part in the requests to addresses that a stranger names, and the product uses none that may leave. */
class FetchUsesTest {

    private static final Map<String, Set<String>> USES =
            Dependencies.in(Path.of("target/classes")).uses();

    /** What is needed to read a setting and to write to the log; neither uses an HTTP client. */
    private static final Predicate<String> ALLOWED = Pattern.compile("java\\.(lang|util|io|time|nio\\.charset)\\b.*"
                    + "|java\\.net\\.(?!http\\.).*|javax\\.net\\..*"
                    + "|org\\.jspecify\\..*|org\\.jboss\\.logging\\.Logger|org\\.keycloak\\.Config")
            .asMatchPredicate();

    @Test
    void theFetchStandsOnTheSocketsOfTheJdk() {
        assertThat(usedBy(user -> user.startsWith("io.github.keycloakmcp.fetch.")))
                .isNotEmpty()
                .allMatch(ALLOWED);
    }

    @Test
    void noClassUsesApacheHttpClient() {
        assertThat(usedBy(user -> true)).noneMatch(used -> used.startsWith("org.apache."));
    }

    private static Set<String> usedBy(Predicate<String> users) {
        return USES.entrySet().stream()
                .filter(entry -> users.test(entry.getKey()))
                .flatMap(entry -> entry.getValue().stream())
                .filter(used -> !used.startsWith("io.github.keycloakmcp."))
                .collect(Collectors.toSet());
    }
}
