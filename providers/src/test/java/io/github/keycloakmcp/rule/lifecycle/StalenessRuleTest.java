package io.github.keycloakmcp.rule.lifecycle;

import java.time.Duration;

import io.github.keycloakmcp.rule.Cases;
import io.github.keycloakmcp.rule.lifecycle.StalenessRule.Fate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Which clients are removed; times in days before now. */
class StalenessRuleTest {

    private static final long NOW = 1_800_000_000;
    private static final long DAY = 86_400;

    private final StalenessRule rule = rule(90, 7, false);

    @ParameterizedTest
    @CsvSource({
        // registered, last used
        "0, , KEPT",
        "6, , KEPT",
        "7, , STALE",
        "400, , STALE",
        "400, 0, KEPT",
        "400, 89, KEPT",
        "400, 90, STALE",
        "8, 8, KEPT",
        "90, 90, STALE",
        // shared, and registered once more after its last use
        "10, 400, KEPT",
        "90, 400, STALE",
        // a clock that is ahead
        "-1, , KEPT",
        "400, -1, KEPT"
    })
    void aClientIsStaleSomeTimeAfterItsLastSignOfLife(int registered, Integer lastUsed, Fate fate) {
        ClientUse use =
                new ClientUse(NOW - registered * DAY, lastUsed == null ? ClientUse.NEVER : NOW - lastUsed * DAY);
        assertThat(rule.judge(use, NOW, true, () -> false)).isEqualTo(fate);
    }

    @ParameterizedTest
    @CsvSource({
        "true, false, false, STALE",
        "true, true, false, KEPT_IN_SESSION",
        "true, true, true, STALE",
        "true, false, true, STALE",
        "false, false, false, KEPT_DISABLED",
        "false, true, false, KEPT_DISABLED",
        "false, true, true, KEPT_DISABLED"
    })
    void aStaleClientStaysForItsSessionsOrAsABan(boolean enabled, boolean inSession, boolean withSessions, Fate fate) {
        ClientUse use = new ClientUse(NOW - 400 * DAY, NOW - 300 * DAY);
        assertThat(rule(90, 7, withSessions).judge(use, NOW, enabled, () -> inSession))
                .isEqualTo(fate);
    }

    @ParameterizedTest
    @CsvSource({"0, 7, true, KEPT", "0, 7, false, STALE", "90, 0, true, STALE", "90, 0, false, KEPT"})
    void zeroDaysAreForEver(int unused, int neverUsed, boolean used, Fate fate) {
        ClientUse use = new ClientUse(1, used ? 1 : ClientUse.NEVER);
        assertThat(rule(unused, neverUsed, true).judge(use, NOW, true, () -> false))
                .isEqualTo(fate);
    }

    @ParameterizedTest
    @CsvSource({"soon, ", "soon, 1", "1, soon", "99999999999999, "})
    void whatCannotBeReadIsKept(String registered, String lastUsed) {
        assertThat(rule.judge(ClientUse.read(registered, lastUsed), NOW, true, () -> false))
                .isEqualTo(Fate.KEPT);
    }

    @Test
    void sessionsAreNotAskedForWhereTheyDecideNothing() {
        ClientUse fresh = new ClientUse(NOW, NOW);
        assertThat(rule.judge(fresh, NOW, true, () -> {
                    throw new AssertionError("asked");
                }))
                .isEqualTo(Fate.KEPT);
    }

    @Test
    void noClientGoesWithinItsLifetimeWhateverIsWritten() {
        Cases.check(
                20_000,
                chance -> new ClientUse(NOW - chance.upTo(500) * DAY / 5, NOW - chance.upTo(500) * DAY / 5),
                use -> {
                    long days = (NOW - Math.max(use.registered(), use.lastUsed())) / DAY;
                    assertThat(rule.judge(use, NOW, true, () -> false) == Fate.STALE)
                            .isEqualTo(days >= 90);
                });
    }

    private static StalenessRule rule(int unused, int neverUsed, boolean withSessions) {
        return new StalenessRule(Duration.ofDays(unused), Duration.ofDays(neverUsed), withSessions);
    }
}
