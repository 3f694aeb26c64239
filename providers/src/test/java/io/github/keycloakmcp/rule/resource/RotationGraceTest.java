package io.github.keycloakmcp.rule.resource;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Which second use of a refresh token is forgiven. */
class RotationGraceTest {

    @ParameterizedTest
    @CsvSource({
        "10, 0, true",
        "10, 9, true",
        "10, 10, false",
        "10, 11, false",
        "10, 2147483647, false",
        "10, -1, true",
        "10, -5, true",
        "10, -6, false",
        "10, -2147483648, false",
        "0, -1, false",
        "1, 0, true",
        "1, 1, false",
        "0, 0, false",
        "0, 1, false"
    })
    void forgivesWithinTheWindowAfterTheFirstUseOnly(int grace, int seconds, boolean forgiven) {
        assertThat(new RotationGrace(grace).forgives(seconds)).isEqualTo(forgiven);
    }
}
