package io.github.keycloakmcp.rule.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A document host in a private network is allowed one by one, and only at its own addresses. */
class PrivateHostsTest {

    @ParameterizedTest
    @CsvSource({
        "documents.corp.example=10.1.2.3, documents.corp.example, 10.1.2.3, true",
        "documents.corp.example=10.1.2.3, documents.corp.example, 10.1.2.4, false",
        "documents.corp.example=10.1.2.3, other.corp.example, 10.1.2.3, false",
        "Documents.Corp.Example:443=10.1.2.0/24, documents.corp.example, 10.1.2.77, true",
        "documents.corp.example=10.0.0.0/8, documents.corp.example, 10.200.0.1, true",
        "documents.corp.example:8443=192.168.7.0/24, documents.corp.example:8443, 192.168.7.1, true",
        "documents.corp.example:8443=192.168.7.0/24, documents.corp.example, 192.168.7.1, false",
        "documents.corp.example=fd00:1::/32, documents.corp.example, fd00:1::5, true"
    })
    void opensTheListedAddressesOfOneHost(String entry, String host, String address, boolean allowed)
            throws UnknownHostException {
        List<String> problems = new ArrayList<>();
        PrivateHosts hosts = PrivateHosts.parse(List.of(entry), problems::add);
        assertThat(problems).isEmpty();
        assertThat(hosts.of(host).contains(InetAddress.getByName(address).getAddress()))
                .isEqualTo(allowed);
    }

    @Test
    void readsEntriesOfFourHundredCharacters() {
        String address = ".example=10.1.2.3";
        String longest = "d" + ".label".repeat(63) + "a".repeat(400 - 1 - 63 * 6 - address.length()) + address;
        assertThat(longest).hasSize(400);
        List<String> problems = new ArrayList<>();
        PrivateHosts hosts = PrivateHosts.parse(List.of(longest, "d" + longest), problems::add);
        assertThat(problems).hasSize(1);
        assertThat(hosts.contains(longest.substring(0, longest.indexOf('=')))).isTrue();
        assertThat(hosts.contains("d" + longest.substring(0, longest.indexOf('='))))
                .isFalse();
    }

    @Test
    void addsUpTheEntriesOfAHost() throws UnknownHostException {
        PrivateHosts hosts =
                PrivateHosts.parse(List.of("d.corp.example=10.1.2.3", "d.corp.example=10.9.9.9"), problem -> {});
        assertThat(hosts.of("d.corp.example")
                        .contains(InetAddress.getByName("10.1.2.3").getAddress()))
                .isTrue();
        assertThat(hosts.of("d.corp.example")
                        .contains(InetAddress.getByName("10.9.9.9").getAddress()))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "documents.corp.example",
                "*.corp.example=10.1.2.3",
                "localhost=127.0.0.1",
                "documents.corp.example=127.0.0.1",
                "documents.corp.example=169.254.169.254",
                "documents.corp.example=0.0.0.0/0",
                "documents.corp.example=10.0.0.0/7",
                "documents.corp.example=8.8.8.8",
                "documents.corp.example=::1",
                "documents.corp.example=fe80::1",
                "documents.corp.example=::ffff:127.0.0.1",
                "documents.corp.example=10.1",
                "documents.corp.example=10.1.2.3/99",
                "documents.corp.example=corp.example",
                "https://documents.corp.example=10.1.2.3"
            })
    void refusesAnythingElse(String entry) {
        List<String> problems = new ArrayList<>();
        assertThat(PrivateHosts.parse(List.of(entry), problems::add).addresses())
                .isEmpty();
        assertThat(problems).singleElement().asString().contains(entry);
    }
}
