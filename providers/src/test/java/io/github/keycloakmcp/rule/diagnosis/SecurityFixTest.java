package io.github.keycloakmcp.rule.diagnosis;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Which security fixes of Keycloak a release lacks, and where they are. */
class SecurityFixTest {

    @ParameterizedTest
    @CsvSource({
        "26.6.0, 12, 26.6.7",
        "26.6.4, 5, 26.6.7",
        "26.6.5, 3, 26.6.7",
        "26.6.7, 0, ''",
        "26.7.0, 5, 26.7.3",
        "26.7.1, 3, 26.7.3",
        "26.7.2, 1, 26.7.3",
        "26.7.3, 0, ''",
        "26.8.0, 0, ''",
        "27.0.0, 0, ''"
    })
    void aReleaseLacksWhatItsLineGotLater(String version, int count, String upgrade) {
        List<Finding> findings = ServerChecks.of(
                new ServerFacts(version, "https://a.example/realms/x", ForwardedFacts.NONE, List.of(), "", List.of()));
        assertThat(SecurityFix.missingIn(Release.of(version).orElseThrow())).hasSize(count);
        if (upgrade.isEmpty()) {
            assertThat(findings).isEmpty();
        } else {
            assertThat(findings).singleElement().satisfies(finding -> {
                assertThat(finding.id()).isEqualTo("security-patch-missing");
                assertThat(finding.what()).contains(version, "CVE-2026-16089");
                assertThat(finding.fix()).contains(upgrade);
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"26.6.1, 26.6.4", "26.7.0, 26.7.2", "26.5.9, 26.6.4", "25.0.0, 26.6.4"})
    void theUpgradeStaysInTheLineIfThatHasTheFix(String version, String upgrade) {
        SecurityFix fix =
                new SecurityFix("x", List.of(new Release(24, 0, 0), new Release(26, 6, 4), new Release(26, 7, 2)), "");
        assertThat(fix.after(Release.of(version).orElseThrow())).hasToString(upgrade);
    }

    @Test
    void everyFixSaysItsReleasesAndWhatItStops() {
        assertThat(SecurityFix.all()).isNotEmpty().allSatisfy(fix -> {
            assertThat(fix.id()).matches("CVE-\\d{4}-\\d+");
            assertThat(fix.releases()).isNotEmpty();
            assertThat(fix.stops()).isNotBlank();
        });
    }

    @ParameterizedTest
    @CsvSource({"999-SNAPSHOT", "26.7", "''", "nightly"})
    void whatIsNoReleaseLacksNothingKnown(String version) {
        assertThat(Release.of(version)).isEmpty();
    }
}
