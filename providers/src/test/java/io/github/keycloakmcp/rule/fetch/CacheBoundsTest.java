package io.github.keycloakmcp.rule.fetch;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** How long an answer counts, between one minute and one day. */
class CacheBoundsTest {

    private static final int SHORTEST = 60;
    private static final int LONGEST = 86_400;

    @ParameterizedTest
    @CsvSource({
        "'max-age=600', 600",
        "'MAX-AGE=600', 600",
        "'public, max-age=600, immutable', 600",
        "'max-age=\"600\"', 600",
        "'max-age=600, max-age=700', 600",
        "'max-age=600, s-maxage=120', 120",
        "'max-age = 600', 600",
        "'max-age=59', 60",
        "'max-age=0', 60",
        "'max-age=86401', 86400",
        "'max-age=99999999999999999999', 86400",
        "'max-age=-1', 60",
        "'max-age=soon', 60",
        "'max-age=', 60",
        "'no-store', 60",
        "'no-store, max-age=600', 60",
        "'no-cache, max-age=600', 60",
        "'no-cache=\"set-cookie\", max-age=600', 60",
        "'private, must-revalidate', 3600",
        "'', 3600"
    })
    void takesItFromCacheControl(String header, int seconds) {
        assertThat(lifetime(Map.of("cache-control", header))).isEqualTo(seconds);
    }

    @Test
    void aTimeOfNineDigitsIsReadAndALongerOneIsAsLongAsCanBe() {
        CacheBounds open = new CacheBounds(Duration.ZERO, Duration.ofSeconds(Long.MAX_VALUE));
        assertThat(open.lifetime(Map.of("cache-control", "max-age=999999999")))
                .isEqualTo(Duration.ofSeconds(999_999_999));
        assertThat(open.lifetime(Map.of("cache-control", "max-age=1000000000")))
                .isEqualTo(Duration.ofSeconds(Integer.MAX_VALUE));
    }

    @ParameterizedTest
    @CsvSource({"100, 500", "600, 60", "700, 60", "old, 600"})
    void takesOffWhatHasPassedInOtherCaches(String age, int seconds) {
        assertThat(lifetime(Map.of("cache-control", "max-age=600", "age", age))).isEqualTo(seconds);
    }

    @ParameterizedTest
    @CsvSource({
        "'Wed, 25 Nov 2026 10:10:00 GMT', 600",
        "'Wed, 25 Nov 2026 10:00:00 GMT', 60",
        "'Wed, 25 Nov 2026 09:00:00 GMT', 60",
        "'Fri, 25 Dec 2026 10:00:00 GMT', 86400",
        "0, 60",
        "tomorrow, 60"
    })
    void takesItFromExpires(String expires, int seconds) {
        Map<String, String> headers = Map.of("expires", expires, "date", "Wed, 25 Nov 2026 10:00:00 GMT");
        assertThat(lifetime(headers)).isEqualTo(seconds);
    }

    @Test
    void believesMaxAgeRatherThanExpires() {
        assertThat(lifetime(Map.of("cache-control", "max-age=600", "expires", "0")))
                .isEqualTo(600);
    }

    @Test
    void assumesAnHourWhereNothingIsSaid() {
        assertThat(lifetime(Map.of())).isEqualTo(3600);
    }

    private static long lifetime(Map<String, String> headers) {
        return new CacheBounds(Duration.ofSeconds(SHORTEST), Duration.ofSeconds(LONGEST))
                .lifetime(headers)
                .toSeconds();
    }
}
