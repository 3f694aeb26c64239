package io.github.keycloakmcp.rule.diagnosis;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A realm is told when the clients that it has now do not fit the server's cache. */
class CacheChecksTest {

    @ParameterizedTest
    @CsvSource({"0, 10000, false", "2500, 10000, false", "2501, 10000, true", "10000, 40000, false", "10000, 0, false"})
    void eachClientTakesFourEntries(long used, long entries, boolean told) {
        assertThat(CacheChecks.of(new CacheFacts(used, entries)))
                .extracting(finding -> finding.severity() + " " + finding.id())
                .isEqualTo(told ? List.of("INFO realm-cache-small") : List.of());
    }

    @Test
    void theFixNamesTheNumber() {
        assertThat(CacheChecks.of(new CacheFacts(10_000, 10_000)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.what()).contains("10000 self-registered clients", "2500 clients");
                    assertThat(finding.fix()).contains("cache-embedded-realms-max-count=40000");
                });
    }
}
