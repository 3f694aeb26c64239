package io.github.keycloakmcp.rule.consent;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Times as people say them: an age never exaggerated, a length never played down. */
class SpanTest {

    @ParameterizedTest
    @CsvSource({
        "-5, 0, MINUTES",
        "0, 0, MINUTES",
        "59, 0, MINUTES",
        "60, 1, MINUTES",
        "7199, 119, MINUTES",
        "7200, 2, HOURS",
        "172799, 47, HOURS",
        "172800, 2, DAYS",
        "7776000, 90, DAYS"
    })
    void saysHowLongAgo(long seconds, long count, Span.Unit unit) {
        assertThat(Span.ago(seconds)).isEqualTo(new Span(count, unit));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, MINUTES",
        "1, 1, MINUTES",
        "300, 5, MINUTES",
        "301, 6, MINUTES",
        "36000, 10, HOURS",
        "36001, 11, HOURS",
        "7776000, 90, DAYS",
        "7776001, 91, DAYS"
    })
    void saysHowLongAtMost(long seconds, long count, Span.Unit unit) {
        assertThat(Span.atMost(seconds)).isEqualTo(new Span(count, unit));
    }
}
