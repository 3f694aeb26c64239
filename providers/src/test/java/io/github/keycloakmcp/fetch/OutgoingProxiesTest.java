package io.github.keycloakmcp.fetch;

import java.net.ProtocolException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

import io.github.keycloakmcp.rule.fetch.ProxyRoute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which hosts are called through a proxy, and what that changes. */
class OutgoingProxiesTest {

    @ParameterizedTest
    @CsvSource({
        "app.example.com, proxy.example.org",
        "example.net, ",
        "app.example.net, ",
        "APP.Example.NET, ",
        "notexample.net, proxy.example.org",
        "b.example.edu, "
    })
    void readsTheEnvironment(String host, String proxy) throws ProtocolException {
        OutgoingProxies proxies = new OutgoingProxies(ProxyRoute.ofEnvironment(
                Optional.of("http://proxy.example.org:3128"), Optional.of("example.net,, b.example.edu, ")));
        assertThat(proxies.forHost(host).map(ProxyRoute.HttpProxy::host).orElse(null))
                .isEqualTo(proxy);
    }

    @Test
    void takesTheFirstRouteThatMatches() throws ProtocolException {
        OutgoingProxies proxies = new OutgoingProxies(List.of(
                ProxyRoute.parse(".*\\.corp\\.example;NO_PROXY"),
                ProxyRoute.parse(".*\\.example;http://one.example.org"),
                ProxyRoute.parse(".*\\.example;http://two.example.org")));
        assertThat(proxies.forHost("app.corp.example")).isEmpty();
        assertThat(proxies.forHost("app.example").map(ProxyRoute.HttpProxy::host))
                .contains("one.example.org");
        assertThat(proxies.forHost("app.example.net")).isEmpty();
    }

    @Test
    void anEntryThatCannotBeReadLetsOnlyItsHostsFail() throws ProtocolException {
        OutgoingProxies proxies = new OutgoingProxies(List.of(
                ProxyRoute.parse(".*\\.corp\\.example;NO_PROXY"),
                ProxyRoute.parse(".*\\.example;proxy.example.org:3128")));
        assertThat(proxies.forHost("app.corp.example")).isEmpty();
        assertThat(proxies.forHost("app.example.net")).isEmpty();
        assertThatThrownBy(() -> proxies.forHost("app.example"))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("the address of an outgoing proxy is not http://host:port");
    }

    @Test
    void aProxyOfTheEnvironmentWithoutASchemeIsNotGoneAround() throws ProtocolException {
        OutgoingProxies proxies = new OutgoingProxies(
                ProxyRoute.ofEnvironment(Optional.of("proxy.example.org:3128"), Optional.of("example.net")));
        assertThat(proxies.forHost("app.example.net")).isEmpty();
        TestNames names = new TestNames();
        RecordingSockets sockets = new RecordingSockets();
        try (GuardedFetch fetch = new GuardedFetch(new HttpExchange(names, sockets, proxies), 1)) {
            FetchAnswer answer = fetch.get(
                    new FetchRequest(URI.create("https://app.example.com/client"), false, Map.of()),
                    (SSLSocketFactory) SSLSocketFactory.getDefault(),
                    Deadline.in(Duration.ofSeconds(30)));
            assertThat(answer)
                    .isInstanceOfSatisfying(
                            FetchAnswer.Failure.class,
                            failure -> assertThat(failure.reason())
                                    .endsWith("the address of an outgoing proxy is not http://host:port"));
        }
        assertThat(names.questions()).isEmpty();
        assertThat(sockets.attempts()).isEmpty();
    }

    /** The proxy resolves the name, so that it has to keep the server away from private addresses. */
    @Test
    void leavesTheNameToTheProxy() {
        try (RawServer proxy = RawServer.answering("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")) {
            ProxyRoute route = ProxyRoute.parse(".*;http://127.0.0.1:" + proxy.port());
            TestNames names = new TestNames();
            try (GuardedFetch fetch = new GuardedFetch(
                    new HttpExchange(names, new RecordingSockets(), new OutgoingProxies(List.of(route))), 1)) {
                FetchAnswer answer = fetch.get(
                        new FetchRequest(URI.create("https://app.example.com/client"), false, Map.of()),
                        (SSLSocketFactory) SSLSocketFactory.getDefault(),
                        Deadline.in(Duration.ofSeconds(30)));
                assertThat(answer).isEqualTo(new FetchAnswer.Failure("the proxy answered with status 403", false));
            }
            assertThat(proxy.requests())
                    .singleElement()
                    .satisfies(request -> assertThat(request).startsWith("CONNECT app.example.com:443 "));
            assertThat(names.questions()).containsExactly("127.0.0.1");
        }
    }
}
