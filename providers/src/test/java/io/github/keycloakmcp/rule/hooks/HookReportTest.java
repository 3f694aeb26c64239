package io.github.keycloakmcp.rule.hooks;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a server without some of the hooks means, in one line. */
class HookReportTest {

    @Test
    void aServerThatHasEverythingStartsWithoutALine() {
        HookReport report = new HookReport("27.0.0", Set.of(), Set.of(), List.of(), List.of());
        assertThat(report.fatal()).isEmpty();
        assertThat(report.problems()).isEmpty();
    }

    @Test
    void aServerThatCannotBindTokensDoesNotStartAndSaysWhatItLacks() {
        HookReport report =
                new HookReport("27.0.0", Set.of("org.keycloak.A#b"), Set.of("org.keycloak.A#b"), List.of(), List.of());
        assertThat(report.fatal().orElseThrow())
                .contains("tokens cannot be bound on Keycloak 27.0.0")
                .contains("org.keycloak.A#b")
                .contains("remove the jar");
    }

    @Test
    void everythingElseIsNamedInOneLineAndTheServerStarts() {
        Set<String> many = IntStream.range(0, 20).mapToObj(i -> "m" + i).collect(Collectors.toSet());
        HookReport report =
                new HookReport("27.0.0", Set.of(), many, List.of("default by org.other.Cors"), List.of("late"));
        assertThat(report.fatal()).isEmpty();
        assertThat(report.problems().orElseThrow())
                .contains("and 12 more")
                .contains("replaced by another extension: default by org.other.Cors")
                .contains("run last and can change a bound token: late")
                .doesNotContain("\n");
    }

    @Test
    void eightMissingHooksAreNamedInOrderAndNotOneMore() {
        List<String> nine = List.of("i", "h", "g", "f", "e", "d", "c", "b", "a");
        assertThat(missing(nine.subList(1, 9))).contains("missing: a, b, c, d, e, f, g, h");
        assertThat(missing(nine)).contains("missing: a, b, c, d, e, f, g, h and 1 more");
    }

    private static Optional<String> missing(List<String> names) {
        return new HookReport("27.0.0", Set.of(), Set.copyOf(names), List.of(), List.of()).problems();
    }

    @Test
    void onlyServersOnWhichTheTestsRanCountAsTested() {
        assertThat(HookReport.isTested("26.7.3")).isTrue();
        assertThat(HookReport.isTested("26.7.4")).isFalse();
        assertThat(HookReport.isTested("999.0.0-SNAPSHOT")).isFalse();
    }
}
