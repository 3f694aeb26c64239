package io.github.keycloakmcp.rule.registration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Who may use how much of a realm's limit. */
class FairShareTest {

    @ParameterizedTest
    @CsvSource({"2000, 800, 500", "10, 4, 2", "1, 1, 1", "2147483647, 858993458, 536870911"})
    void aFirstRequestMayUseAllLaterOnesAndOneDomainAPart(int limit, int later, int domain) {
        FairShare share = new FairShare(limit);
        assertThat(share.limitAfter(0)).isEqualTo(limit);
        assertThat(share.limitAfter(1)).isEqualTo(later);
        assertThat(share.ofOneDomain()).isEqualTo(domain);
    }
}
