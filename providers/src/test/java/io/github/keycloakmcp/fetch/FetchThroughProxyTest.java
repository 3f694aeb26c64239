package io.github.keycloakmcp.fetch;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import io.github.keycloakmcp.rule.fetch.ProxyRoute;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A proxy carries a document, and nothing that the proxy says is one. */
@Timeout(60)
class FetchThroughProxyTest {

    private static final URI DOCUMENT = URI.create("https://app.example.com/client");
    private static final String JSON = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static TestKeys keys;

    private final TestNames names = new TestNames();

    @BeforeAll
    static void makeKeys() {
        keys = TestKeys.of(folder, "dns:app.example.com,ip:127.0.0.1");
    }

    @Test
    void readsADocumentThroughATunnel() {
        try (TlsServer host = TlsServer.with(keys);
                TunnelProxy proxy = TunnelProxy.to(host.port(), "")) {
            assertThat(get(DOCUMENT, "", proxy.port())).isInstanceOf(FetchAnswer.Content.class);
            assertThat(proxy.requests())
                    .singleElement()
                    .satisfies(request -> assertThat(request)
                            .startsWith("CONNECT app.example.com:443 HTTP/1.1\r\n")
                            .contains("\r\nHost: app.example.com:443\r\n")
                            .doesNotContain("Authorization", "/client"));
            assertThat(host.requests()).singleElement().asString().startsWith("GET /client HTTP/1.1\n");
            assertThat(host.names()).containsExactly("app.example.com");
        }
        assertThat(names.questions()).containsExactly("127.0.0.1");
    }

    @Test
    void tellsItsCredentialsToTheProxyAlone() {
        try (TlsServer host = TlsServer.with(keys);
                TunnelProxy proxy = TunnelProxy.to(host.port(), basic("user:p@ss:w\u00f6rd"))) {
            assertThat(get(DOCUMENT, "user:p%40ss:w%C3%B6rd@", proxy.port())).isInstanceOf(FetchAnswer.Content.class);
            assertThat(host.requests()).singleElement().asString().doesNotContain("Authorization");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "user:wrong@"})
    void failsWithoutTheCredentialsThatTheProxyDemands(String user) {
        try (TlsServer host = TlsServer.with(keys);
                TunnelProxy proxy = TunnelProxy.to(host.port(), basic("user:right"))) {
            assertThat(get(DOCUMENT, user, proxy.port()))
                    .isEqualTo(new FetchAnswer.Failure("the proxy answered with status 407", false));
            assertThat(host.requests()).isEmpty();
        }
    }

    @Test
    void verifiesTheNameOfTheHostThroughATunnel() {
        try (TlsServer host = TlsServer.with(keys);
                TunnelProxy proxy = TunnelProxy.to(host.port(), "")) {
            assertThat(get(URI.create("https://other.example.com/client"), "", proxy.port()))
                    .isInstanceOfSatisfying(
                            FetchAnswer.Failure.class,
                            failure -> assertThat(failure.reason()).contains("other.example.com"));
            assertThat(host.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"304, false", "403, false", "407, false", "101, false", "502, true", "503, true"})
    void takesNoAnswerOfTheProxyForADocument(int status, boolean temporary) {
        try (RawServer proxy = RawServer.answering(
                "HTTP/1.1 " + status + " X\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")) {
            assertThat(get(DOCUMENT, "", proxy.port()))
                    .isEqualTo(new FetchAnswer.Failure("the proxy answered with status " + status, temporary));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SSH-2.0-OpenSSH_9.6\r\n",
                "HTTP/1.1 200",
                JSON + "\r\n{}",
                JSON + "Content-Length: 2\r\n\r\n{}"
            })
    void failsWhereTheProxyMakesNoTunnel(String answer) {
        try (RawServer proxy = RawServer.answering(answer)) {
            assertThat(get(DOCUMENT, "", proxy.port()))
                    .isInstanceOfSatisfying(
                            FetchAnswer.Failure.class,
                            failure -> assertThat(failure.reason()).startsWith("cannot be read"));
        }
    }

    @Test
    void asksForThePlainAddressOfAHostWithoutTls() {
        try (RawServer proxy = RawServer.answering(JSON + "\r\n{}")) {
            assertThat(get(URI.create("http://app.example.com:8080?v=1"), "user:secret@", proxy.port()))
                    .isInstanceOf(FetchAnswer.Content.class);
            assertThat(proxy.requests())
                    .singleElement()
                    .satisfies(request -> assertThat(request)
                            .startsWith("GET http://app.example.com:8080/?v=1 HTTP/1.1\n")
                            .contains(
                                    "Host: app.example.com:8080\n",
                                    "Proxy-Authorization: " + basic("user:secret") + "\n"));
        }
        assertThat(names.questions()).containsExactly("127.0.0.1");
    }

    @Test
    void readsADocumentThroughAProxyWithTls() {
        try (TlsServer host = TlsServer.with(keys);
                TunnelProxy proxy = TunnelProxy.encrypted(keys, host.port())) {
            assertThat(getBy("https://127.0.0.1:" + proxy.port(), DOCUMENT)).isInstanceOf(FetchAnswer.Content.class);
            assertThat(proxy.requests()).hasSize(1);
        }
    }

    @Test
    void goesAroundNoProxyOfAnotherKind() {
        assertThat(getBy("socks5://127.0.0.1:1080", DOCUMENT))
                .isInstanceOfSatisfying(
                        FetchAnswer.Failure.class,
                        failure -> assertThat(failure.reason()).contains("socks5 is not supported"));
        assertThat(names.questions()).isEmpty();
    }

    private FetchAnswer get(URI uri, String user, int port) {
        return getBy("http://" + user + "127.0.0.1:" + port, uri);
    }

    private FetchAnswer getBy(String proxy, URI uri) {
        ProxyRoute route = ProxyRoute.parse(".*;" + proxy);
        HttpExchange http = new HttpExchange(names, new RecordingSockets(), new OutgoingProxies(List.of(route)));
        try (GuardedFetch fetch = new GuardedFetch(http, 1)) {
            return fetch.get(
                    new FetchRequest(uri, false, Map.of("If-None-Match", "\"1\"")),
                    keys.trusting(),
                    Deadline.in(Duration.ofSeconds(30)));
        }
    }

    private static String basic(String user) {
        return "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
    }
}
