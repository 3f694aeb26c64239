package io.github.keycloakmcp.rule.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Blocks of addresses, bit by bit. */
class PrefixTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "172.16.0.0/12, 172.31.255.255, true",
        "172.16.0.0/12, 172.32.0.0, false",
        "192.0.2.1/32, 192.0.2.1, true",
        "192.0.2.1/32, 192.0.2.0, false",
        "0.0.0.0/0, 203.0.113.7, true",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "10.0.0.0/8, ::a00:0, false",
        "::/0, 10.0.0.1, false"
    })
    void holdsTheAddressesThatBeginWithItsBits(String block, String address, boolean contained)
            throws UnknownHostException {
        byte[] bytes = InetAddress.getByName(address).getAddress();
        assertThat(Prefix.parse(block).contains(bytes)).isEqualTo(contained);
        assertThat(Prefix.all("192.0.2.0/32", block))
                .satisfiesExactly(
                        first -> {},
                        second -> assertThat(second.contains(bytes)).isEqualTo(contained));
    }

    @Test
    void aBlockThatIsNoneIsAMistakeInTheProgram() {
        assertThatThrownBy(() -> Prefix.parse("::zz/8")).isInstanceOf(IllegalArgumentException.class);
    }
}
