package io.github.keycloakmcp.rule.registration;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.keycloakmcp.rule.Verdicts.decidedBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/** Who counts as the sender where reverse proxies say so. */
class SenderPathTest {

    private static final List<SenderRange> OFFICE = List.of(decidedBy(SenderRange.parse("198.51.100.0/24")));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.7 |                                  | 203.0.113.7",
                "203.0.113.7 | 203.0.113.7                      | 203.0.113.7",
                "1.1.1.1     | 1.1.1.1, 203.0.113.7             | 1.1.1.1 203.0.113.7",
                "1.1.1.1     | 1.1.1.1, 2.2.2.2, 203.0.113.7    | 1.1.1.1 203.0.113.7",
                "1.1.1.1     | 1.1.1.1:80, 203.0.113.7:4711     | 1.1.1.1 203.0.113.7",
                "1.1.1.1     | 1.1.1.1,[2001:db8::1]:443        | 1.1.1.1 20010db800000000",
                "1.1.1.1     | 1.1.1.1, somebody                | 1.1.1.1 unknown",
                "203.0.113.7 | 9.9.9.9, 8.8.8.8                 | 203.0.113.7"
            })
    void theFirstAndTheLastAddressAreCounted(String remote, String forwardedFor, String counted) {
        List<String> lines = forwardedFor == null ? List.of() : List.of(forwardedFor);
        SenderPath path = SenderPath.of(remote, lines, List.of());
        assertThat(path.counted()).containsExactly(counted.split(" "));
        assertThat(path.isClientsWord()).isEqualTo(counted.contains(" "));
    }

    @Test
    void severalLinesAreOneWayAndTheStandardFieldIsReadAsWell() {
        assertThat(SenderPath.of("1.1.1.1", List.of("1.1.1.1", "203.0.113.7"), List.of())
                        .counted())
                .containsExactly("1.1.1.1", "203.0.113.7");
        assertThat(SenderPath.of("1.1.1.1", List.of(), List.of("proto=https;for=1.1.1.1, For=\"203.0.113.7:80\";by=x"))
                        .counted())
                .containsExactly("1.1.1.1", "203.0.113.7");
    }

    @Test
    void everyAddressHasToBeAllowed() {
        assertThat(of("198.51.100.1", "198.51.100.1, 198.51.100.9").isWithin(OFFICE))
                .isTrue();
        assertThat(of("198.51.100.1", "198.51.100.1, 203.0.113.7").isWithin(OFFICE))
                .as("the client has written the first one")
                .isFalse();
        assertThat(of("198.51.100.1", "198.51.100.1, 203.0.113.7, 198.51.100.2").isWithin(OFFICE))
                .isFalse();
        String tooLong = "198.51.100.1" + ", 198.51.100.2".repeat(50);
        assertThat(of("198.51.100.1", tooLong).isWithin(OFFICE)).as("too long").isFalse();
    }

    @Test
    void twentyAddressesAreReadAndOneMoreIsTooMany() {
        String twenty = "198.51.100.1" + ", 198.51.100.2".repeat(18) + ", 198.51.100.3";
        assertThat(of("198.51.100.1", twenty).counted()).containsExactly("198.51.100.1", "198.51.100.3");
        assertThat(of("198.51.100.1", twenty).isWithin(OFFICE)).isTrue();
        assertThat(of("198.51.100.1", twenty + ", 198.51.100.3").isWithin(OFFICE))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "999.1.1.1",
                "256.256.256.256",
                "1.2.3.999",
                ".:1",
                "..:..",
                "a:b:c",
                "1::2::3",
                "[evil.example]",
                "evil.example",
                "fe80::1%evil.example"
            })
    void noNameServerIsAskedForAnythingThatASenderWrites(String text) {
        assertTimeoutPreemptively(Duration.ofMillis(200), () -> Sender.of(text));
    }

    private static SenderPath of(String remote, String forwardedFor) {
        return SenderPath.of(remote, List.of(forwardedFor), List.of());
    }
}
