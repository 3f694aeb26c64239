package io.github.keycloakmcp.rule.diagnosis;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** How long a login lasts, and what is kept of it. */
class SessionChecksTest {

    @ParameterizedTest
    @CsvSource({
        "300, true, 1, true, true, true, ''",
        "3600, true, 1, true, true, true, ''",
        "3601, true, 1, true, true, true, WARNING long-access-tokens",
        "300, false, 0, true, true, true, WARNING no-rotation",
        "300, true, 0, true, true, true, INFO strict-rotation",
        "300, true, 1, false, true, true, INFO no-events",
        "300, true, 1, true, false, true, WARNING offline-role-missing",
        "300, true, 1, true, true, false, WARNING other-consent-page"
    })
    void eachCauseIsOneFinding(
            int seconds, boolean rotates, int reuse, boolean events, boolean offline, boolean page, String finding) {
        assertThat(SessionChecks.of(new SessionFacts(seconds, rotates, reuse, events, offline, page)))
                .extracting(found -> found.severity() + " " + found.id())
                .isEqualTo(finding.isEmpty() ? List.of() : List.of(finding));
    }
}
