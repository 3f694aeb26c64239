package io.github.keycloakmcp.rule.registration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** How many clients make room for one more. */
class RoomRuleTest {

    @ParameterizedTest
    @CsvSource({
        "10, 5, 0, 0, 0",
        "10, 5, 9, 4, 0",
        "10, 5, 9, 5, 1",
        "10, 5, 10, 2, 1",
        "10, 5, 12, 2, 3",
        "10, 0, 9, 9, 0",
        "10, 0, 10, 9, 1",
        "0, 5, 1000, 7, 3",
        "0, 0, 100000, 100000, 0"
    })
    void asManyHaveToGoAsAreTooMany(int most, int mostNeverUsed, long clients, long neverUsed, long surplus) {
        assertThat(new RoomRule(most, mostNeverUsed).surplus(clients, neverUsed))
                .isEqualTo(surplus);
    }

    @ParameterizedTest
    @CsvSource({"10000, 5000, 50", "10000, 0, 100", "0, 3000, 30", "10, 5, 20", "2000, 5000, 20", "2100, 5000, 21"})
    void theNodesCountAgainAfterOneInAHundredOfTheLowerLimit(int most, int mostNeverUsed, int step) {
        assertThat(new RoomRule(most, mostNeverUsed).step()).isEqualTo(step);
    }

    @ParameterizedTest
    @CsvSource({"0, 5", "1999, 5", "2000, 6", "10000, 10", "109999, 59", "110000, 60", "10000000000, 60"})
    void aFullRealmIsCountedLessOftenWhereCountingCostsMore(long clients, int seconds) {
        assertThat(RoomRule.secondsUntilRecount(clients)).isEqualTo(seconds);
    }

    @Test
    void withoutLimitsNothingIsCounted() {
        assertThat(new RoomRule(0, 0).isUnlimited()).isTrue();
        assertThat(new RoomRule(0, 1).isUnlimited()).isFalse();
        assertThat(new RoomRule(1, 0).isUnlimited()).isFalse();
    }
}
