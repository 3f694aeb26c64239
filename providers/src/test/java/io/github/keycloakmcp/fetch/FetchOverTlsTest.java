package io.github.keycloakmcp.fetch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A document counts only where the host proves its name. */
@Timeout(60)
class FetchOverTlsTest {

    private static final URI DOCUMENT = URI.create("https://app.example.com/client?v=1#part");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static TestKeys keys;

    @BeforeAll
    static void makeKeys() {
        keys = TestKeys.of(folder, "dns:app.example.com,dns:localhost");
    }

    @Test
    void readsADocumentOfAHostThatProvesItsName() {
        try (TlsServer server = TlsServer.with(keys)) {
            assertThat(get(DOCUMENT, server.port(), keys.trusting()))
                    .isInstanceOfSatisfying(
                            FetchAnswer.Content.class,
                            content -> assertThat(content.text()).isEqualTo("{}"));
            assertThat(server.names()).as("SNI").containsExactly("app.example.com");
            assertThat(server.requests())
                    .singleElement()
                    .satisfies(request -> assertThat(request)
                            .startsWith("GET /client?v=1 HTTP/1.1\n")
                            .contains("Host: app.example.com\n", "Connection: close\n", "User-Agent: Keycloak-MCP\n"));
        }
    }

    @Test
    void refusesACertificateForAnotherName() {
        TestKeys other = TestKeys.of(folder, "dns:other.example.com,dns:example.com,ip:1.1.1.1");
        try (TlsServer server = TlsServer.with(other)) {
            assertThat(fails(DOCUMENT, server.port(), other.trusting()))
                    .contains("No subject alternative DNS name matching app.example.com");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void refusesAnExpiredCertificate() {
        TestKeys expired = TestKeys.of(folder, "dns:app.example.com", "-10d");
        try (TlsServer server = TlsServer.with(expired)) {
            assertThat(fails(DOCUMENT, server.port(), expired.trusting())).contains("validity check failed");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void refusesACertificateThatNoAuthorityHasSigned() {
        try (TlsServer server = TlsServer.with(keys)) {
            assertThat(fails(DOCUMENT, server.port(), (SSLSocketFactory) SSLSocketFactory.getDefault()))
                    .contains("SSLHandshakeException");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void failsWhereTheHostDoesNotKnowTheName() {
        try (TlsServer server = TlsServer.onlyFor("other.example.com", keys)) {
            assertThat(fails(DOCUMENT, server.port(), keys.trusting())).contains("unrecognized");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void refusesAHostWithoutTls() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread plain = new Thread(() -> {
                try (Socket client = server.accept()) {
                    client.getInputStream().readNBytes(100);
                    client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n{}".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    // The client has had enough.
                }
            });
            plain.start();
            assertThat(fails(DOCUMENT, server.getLocalPort(), keys.trusting()))
                    .contains("cannot be read: javax.net.ssl");
        }
    }

    @Test
    void readsADocumentOnThisComputer() {
        try (TlsServer server = TlsServer.with(keys)) {
            URI uri = URI.create("https://localhost:" + server.port() + "/client");
            assertThat(get(
                            new FetchRequest(uri, true, Map.of()),
                            server.port(),
                            keys.trusting(),
                            Duration.ofSeconds(30)))
                    .isInstanceOf(FetchAnswer.Content.class);
            assertThat(server.requests().get(0)).contains("Host: localhost:" + server.port() + "\n");
        }
    }

    @Test
    void waitsForNoHandshake() {
        try (RawServer silent = RawServer.answering(out -> Thread.sleep(30_000))) {
            FetchRequest request = new FetchRequest(DOCUMENT, false, Map.of());
            assertThat(get(request, silent.port(), keys.trusting(), Duration.ofMillis(500)))
                    .isEqualTo(new FetchAnswer.Failure("no complete answer within the time limit", true));
        }
    }

    private static String fails(URI uri, int port, SSLSocketFactory tls) {
        FetchAnswer answer = get(uri, port, tls);
        assertThat(answer).isInstanceOf(FetchAnswer.Failure.class);
        return ((FetchAnswer.Failure) answer).reason();
    }

    private static FetchAnswer get(URI uri, int port, SSLSocketFactory tls) {
        return get(new FetchRequest(uri, false, Map.of()), port, tls, Duration.ofSeconds(30));
    }

    private static FetchAnswer get(FetchRequest request, int port, SSLSocketFactory tls, Duration patience) {
        HttpExchange http = new HttpExchange(
                new TestNames().with("app.example.com", "1.1.1.1").with("localhost", "127.0.0.1"),
                RecordingSockets.leadingTo(port),
                new OutgoingProxies(List.of()));
        try (GuardedFetch fetch = new GuardedFetch(http, 1)) {
            return fetch.get(request, tls, Deadline.in(patience));
        }
    }
}
