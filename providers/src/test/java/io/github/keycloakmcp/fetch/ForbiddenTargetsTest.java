package io.github.keycloakmcp.fetch;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;

import io.github.keycloakmcp.rule.fetch.AddressBlocks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nothing that a stranger names makes the server connect to anything but a public address. The network is a recording
 * one: an attempt would be seen here, and would not leave this computer.
 */
@Timeout(60)
class ForbiddenTargetsTest {

    /** Addresses of a private network that an administrator has listed for a host. */
    private static final AddressBlocks LISTED =
            AddressBlocks.privateOnly("10.77.0.0/16").orElseThrow();

    private final TestNames names = new TestNames();
    private final RecordingSockets sockets = new RecordingSockets();
    private final GuardedFetch fetch =
            new GuardedFetch(new HttpExchange(names, sockets, new OutgoingProxies(List.of())), 4);

    @AfterEach
    void close() {
        fetch.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.100.100.200",
                "127.0.0.1",
                "127.0.0.2",
                "127.255.255.254",
                "168.63.129.16",
                "169.254.0.1",
                "169.254.169.254",
                "169.254.170.2",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "192.168.255.255",
                "198.18.0.1",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.251",
                "239.255.255.250",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::7f00:1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::ffff:169.254.169.254",
                "64:ff9b::7f00:1",
                "64:ff9b::a00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::a00:1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::1",
                "2002:a00:1::1",
                "3fff::1",
                "2a00:1450::5efe:7f00:1",
                "fc00::1",
                "fd00:ec2::254",
                "fd20:ce::254",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "1.1.1.1 10.0.0.1",
                "10.0.0.1 1.1.1.1",
                "1.1.1.1 8.8.8.8 127.0.0.1",
                "2606:4700::1111 ::1",
                "1.1.1.1 fe80::1",
                "1.1.1.1 169.254.169.254",
                "64:ff9b::101:101 64:ff9b::7f00:1"
            })
    void aNameWithAForbiddenAddressIsNotConnectedTo(String addresses) {
        names.with("app.example.com", addresses.split(" ", -1));
        URI url = URI.create("https://app.example.com/client");
        for (AddressBlocks listed : List.of(AddressBlocks.NONE, LISTED)) {
            assertThat(fails(new FetchRequest(url, false, true, listed, Map.of()))
                            .temporary())
                    .isFalse();
            assertThat(sockets.attempts()).isEmpty();
        }
        assertThat(names.questions()).containsOnly("app.example.com").hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://10.0.0.1/client",
                "https://192.168.1.1:8443/client",
                "https://169.254.169.254/latest/meta-data/",
                "https://[fd00:ec2::254]/latest/meta-data/",
                "https://[::ffff:10.0.0.1]/client",
                "https://[fe80::1]/client",
                "https://0.0.0.0/client",
                "http://10.0.0.1/client",
                "http://100.100.100.200/client"
            })
    void anAddressInTheUrlIsNotConnectedToEither(String url) {
        fails(url, false);
        assertThat(sockets.attempts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://localhost/client",
                "https://LOCALHOST/client",
                "https://127.0.0.1/client",
                "https://127.1.2.3/client",
                "https://[::1]/client",
                "http://localhost:8080/client",
                "http://127.0.0.1:9000/health"
            })
    void thisComputerIsNotAskedUnlessASettingSaysSo(String url) {
        assertThat(fails(url, false).reason()).contains("this computer");
        assertThat(names.questions()).isEmpty();
        assertThat(sockets.attempts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "1.1.1.1", "127.0.0.1 10.0.0.1", "::1 2606:4700::1111"})
    void aSettingForThisComputerOpensNoOther(String addresses) {
        names.with("localhost", addresses.split(" ", -1));
        fails("http://localhost:8080/client", true);
        assertThat(sockets.attempts()).isEmpty();
        assertThat(fails("https://app.example.com/client", true).reason()).contains("this computer");
        assertThat(sockets.attempts()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"10.1.2.3, 1", "10.1.2.4, 0", "127.0.0.1, 0", "169.254.169.254, 0", "1.1.1.1, 1", "10.1.2.3 10.1.2.4, 0"
    })
    void aListedHostIsCalledAtItsOwnPrivateAddressesOnly(String addresses, int attempts) {
        names.with("documents.corp.example", addresses.split(" ", -1));
        fetch.get(
                new FetchRequest(
                        URI.create("https://documents.corp.example/client"),
                        false,
                        true,
                        AddressBlocks.privateOnly("10.1.2.3").orElseThrow(),
                        Map.of()),
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                Deadline.in(Duration.ofSeconds(30)));
        assertThat(sockets.attempts()).hasSize(attempts);
    }

    /** DNS rebinding: the name has a public address when it is checked, and another one a moment later. */
    @Test
    void theConnectionIsMadeToTheAddressThatWasChecked() {
        names.with("app.example.com", "1.1.1.1").with("app.example.com", "127.0.0.1");
        fails("https://app.example.com/client", false);
        assertThat(names.questions()).containsExactly("app.example.com");
        assertThat(sockets.attempts())
                .extracting(InetSocketAddress::getAddress)
                .extracting(address -> address.getHostAddress())
                .containsExactly("1.1.1.1");
    }

    @Test
    void everyPublicAddressOfANameIsTried() {
        names.with("app.example.com", "1.1.1.1", "2606:4700::1111", "64:ff9b::808:808");
        assertThat(fails("https://app.example.com:8443/client", false).temporary())
                .isTrue();
        assertThat(sockets.attempts()).hasSize(3).allMatch(address -> address.getPort() == 8443);
    }

    @Test
    void aNameThatNobodyKnowsFailsLikeAServerThatIsDown() {
        assertThat(fails("https://gone.example.com/client", false).temporary()).isTrue();
        assertThat(sockets.attempts()).isEmpty();
    }

    private FetchAnswer.Failure fails(String url, boolean loopback) {
        return fails(new FetchRequest(URI.create(url), loopback, Map.of()));
    }

    private FetchAnswer.Failure fails(FetchRequest request) {
        FetchAnswer answer = fetch.get(
                request, (SSLSocketFactory) SSLSocketFactory.getDefault(), Deadline.in(Duration.ofSeconds(30)));
        assertThat(answer).isInstanceOf(FetchAnswer.Failure.class);
        return (FetchAnswer.Failure) answer;
    }
}
