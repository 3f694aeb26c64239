package io.github.keycloakmcp.rule.registration;

import io.github.keycloakmcp.rule.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.keycloakmcp.rule.Verdicts.decidedBy;
import static org.assertj.core.api.Assertions.assertThat;

/** Who counts as one sender, and who is in a range. */
class SenderTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1",
        "203.0.113.9, 203.0.113.9",
        "::ffff:203.0.113.9, 203.0.113.9",
        "2001:db8:1:2:3:4:5:6, 20010db800010002",
        "2001:db8:1:2::ffff, 20010db800010002",
        "[2001:db8:1:2::1], 20010db800010002",
        "fe80::1%eth0, fe80000000000000",
        "0:0:0:0:0:0:0:1, 0000000000000000"
    })
    void countsAnAddressOrANetworkOfIpv6(String text, String counted) {
        assertThat(Sender.of(text).counted()).isEqualTo(counted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "example.com", "1.2.3", "256.1.1.1", "abc", "1:2", ":::", "unix:/socket"})
    void takesNoNameForAnAddress(String text) {
        assertThat(Sender.of(text)).isEqualTo(new Sender(null));
        assertThat(Sender.of(text).counted()).isEqualTo("unknown");
        assertThat(SenderRange.parse(text)).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void aSenderWithoutAnAddressIsInNoRange() {
        assertThat(decidedBy(SenderRange.parse("0.0.0.0/0")).contains(Sender.of(null)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "192.168.1.77/24, 192.168.1.1, true",
        "192.168.1.0/25, 192.168.1.128, false",
        "203.0.113.9, 203.0.113.9, true",
        "203.0.113.9/32, 203.0.113.8, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "::/0, 2001:db8::1, true",
        "10.0.0.0/8, ::ffff:10.0.0.1, true"
    })
    void aRangeHoldsWhatSharesItsFirstBits(String range, String sender, boolean within) {
        assertThat(decidedBy(SenderRange.parse(range)).contains(Sender.of(sender)))
                .isEqualTo(within);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/8/8", "/8", "10.0.0.0/-1", "*", "10.*"})
    void refusesWhatIsNoRange(String range) {
        assertThat(SenderRange.parse(range)).isInstanceOf(Verdict.Refused.class);
    }
}
