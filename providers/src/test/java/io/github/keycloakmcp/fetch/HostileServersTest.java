package io.github.keycloakmcp.fetch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLSocketFactory;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Servers that are slow, endless, or answer what nobody asked: each request ends, and reads no more than it may. */
@Timeout(60)
class HostileServersTest {

    private static final String JSON = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    private static final Duration PATIENT = Duration.ofSeconds(30);
    private static final Duration BRIEF = Duration.ofMillis(300);

    private final GuardedFetch fetch = new GuardedFetch(
            new HttpExchange(new TestNames(), new RecordingSockets(), new OutgoingProxies(List.of())), 2);

    @AfterEach
    void close() {
        fetch.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=utf-8",
                "application/cimd+json",
                "Application/JSON"
            })
    void readsADocument(String type) {
        try (RawServer server = RawServer.answering(
                "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nETag: \"1\"\r\nContent-Length: 2\r\n\r\n{}")) {
            FetchAnswer answer = get(server.uri(), Map.of(), PATIENT);
            assertThat(answer).isInstanceOfSatisfying(FetchAnswer.Content.class, content -> {
                assertThat(content.text()).isEqualTo("{}");
                assertThat(content.headers()).containsEntry("etag", "\"1\"");
            });
            assertThat(server.requests())
                    .singleElement()
                    .satisfies(request -> assertThat(request)
                            .startsWith("GET /client HTTP/1.1")
                            .contains("Accept: application/json", "Accept-Encoding: identity")
                            .doesNotContain("Cookie", "Authorization", "gzip"));
        }
    }

    @Test
    void asksWhetherADocumentHasChanged() {
        try (RawServer server = RawServer.answering("HTTP/1.1 304 Not Modified\r\nCache-Control: max-age=9\r\n\r\n")) {
            assertThat(get(server.uri(), Map.of("If-None-Match", "\"1\""), PATIENT))
                    .isEqualTo(new FetchAnswer.Unchanged(Map.of("cache-control", "max-age=9")));
            assertThat(server.requests().get(0)).contains("If-None-Match: \"1\"");
            assertThat(get(server.uri(), Map.of(), PATIENT)).isInstanceOf(FetchAnswer.Failure.class);
        }
    }

    static Stream<Arguments> hostile() {
        String chunked = JSON + "Transfer-Encoding: chunked\r\n\r\n";
        return Stream.of(
                arguments("404", "HTTP/1.1 404 Not Found\r\n\r\n", "status 404"),
                arguments("201", "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n\r\n{}", "status 201"),
                arguments("204", "HTTP/1.1 204 No Content\r\n\r\n", "status 204"),
                arguments("401", "HTTP/1.1 401 X\r\nWWW-Authenticate: Basic realm=x\r\n\r\n", "status 401"),
                arguments("HTML", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{}", "not JSON"),
                arguments("text", "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n{}", "not JSON"),
                arguments("nearly JSON", "HTTP/1.1 200 OK\r\nContent-Type: application/jsonx\r\n\r\n{}", "not JSON"),
                arguments("no type", "HTTP/1.1 200 OK\r\n\r\n{}", "not JSON"),
                arguments("two types", JSON + "Content-Type: text/html\r\n\r\n{}", "not JSON"),
                arguments("gzip", JSON + "Content-Encoding: gzip\r\n\r\nx", "compressed"),
                arguments("brotli", JSON + "Content-Encoding: br\r\n\r\nx", "compressed"),
                arguments("huge", JSON + "\r\n" + "x".repeat(GuardedFetch.MAX_LENGTH + 1), "longer than"),
                arguments("huge chunk", chunked + "20000\r\n" + "x".repeat(0x20000) + "\r\n0\r\n\r\n", "longer than"),
                arguments("no HTTP", "SSH-2.0-OpenSSH_9.6\r\n", "cannot be read"),
                arguments("nothing", "", "cannot be read"),
                arguments("half a header", "HTTP/1.1 200 OK\r\nContent-Ty", "cannot be read"),
                arguments("half a body", JSON + "Content-Length: 100\r\n\r\n{", "cannot be read"),
                arguments("a long line", JSON + "X: " + "x".repeat(10_000) + "\r\n\r\n{}", "cannot be read"),
                arguments("many headers", JSON + "X: y\r\n".repeat(200) + "\r\n{}", "cannot be read"),
                arguments("a bad chunk", chunked + "zz\r\n{}\r\n", "cannot be read"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void refusesWhatIsNoDocument(String name, String answer, String reason) {
        try (RawServer server = RawServer.answering(answer)) {
            assertThat(get(server.uri(), Map.of(), PATIENT))
                    .isInstanceOfSatisfying(
                            FetchAnswer.Failure.class,
                            failure -> assertThat(failure.reason()).contains(reason));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsNoRedirect(int status) {
        try (RawServer decoy = RawServer.answering(JSON + "\r\n{}");
                RawServer server = RawServer.answering(
                        "HTTP/1.1 " + status + " X\r\nLocation: " + decoy.uri() + "\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(get(server.uri(), Map.of(), PATIENT))
                    .isEqualTo(new FetchAnswer.Failure("answered with status " + status, false));
            assertThat(decoy.requests()).isEmpty();
        }
    }

    @Test
    void unpacksNoBomb() {
        byte[] bomb = gzip(new byte[10_000_000]);
        try (RawServer server = RawServer.answering(out -> {
            out.write((JSON + "Content-Encoding: gzip\r\nContent-Length: " + bomb.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(bomb);
        })) {
            assertThat(get(server.uri(), Map.of(), PATIENT)).isInstanceOf(FetchAnswer.Failure.class);
        }
    }

    static Stream<Arguments> endless() {
        byte[] head = (JSON + "\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] spaces = new byte[1000];
        Arrays.fill(spaces, (byte) ' ');
        return Stream.of(
                arguments("never answers", (RawServer.Answer) out -> Thread.sleep(PATIENT.toMillis())),
                arguments("a byte of the header at a time", (RawServer.Answer)
                        out -> drip(out, (JSON + "X: ").getBytes(StandardCharsets.US_ASCII))),
                arguments("a byte of the body at a time", (RawServer.Answer) out -> {
                    out.write(head);
                    drip(out, "{".getBytes(StandardCharsets.US_ASCII));
                }),
                arguments("promises to go on", (RawServer.Answer) out -> {
                    while (!Thread.interrupted()) {
                        out.write("HTTP/1.1 103 Early Hints\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                        out.flush();
                        Thread.sleep(5);
                    }
                }),
                arguments("stops in the middle", (RawServer.Answer) out -> {
                    out.write(head);
                    out.write(spaces);
                    Thread.sleep(PATIENT.toMillis());
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endless")
    void waitsForNobody(String name, RawServer.Answer answer) {
        try (RawServer server = RawServer.answering(answer)) {
            assertThat(get(server.uri(), Map.of(), BRIEF))
                    .isEqualTo(new FetchAnswer.Failure("no complete answer within the time limit", true));
        }
    }

    @Test
    void readsNoEndlessBody() {
        byte[] spaces = " ".repeat(8192).getBytes(StandardCharsets.US_ASCII);
        try (RawServer server = RawServer.answering(out -> {
            out.write((JSON + "\r\n").getBytes(StandardCharsets.US_ASCII));
            while (!Thread.interrupted()) {
                out.write(spaces);
            }
        })) {
            assertThat(get(server.uri(), Map.of(), PATIENT))
                    .isInstanceOfSatisfying(
                            FetchAnswer.Failure.class,
                            failure -> assertThat(failure.reason()).contains("longer than"));
        }
    }

    /** A name server can hang where nothing can stop it; whoever waits goes on all the same. */
    @Test
    void waitsForNoNameServer() {
        GuardedFetch stuck = new GuardedFetch(
                new HttpExchange(
                        host -> {
                            try {
                                Thread.sleep(PATIENT.toMillis());
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            throw new UnknownHostException(host);
                        },
                        new RecordingSockets(),
                        new OutgoingProxies(List.of())),
                1);
        try (stuck) {
            URI uri = URI.create("https://app.example.com/client");
            assertThat(get(stuck, uri, BRIEF).reason()).contains("time limit");
            assertThat(get(stuck, URI.create("https://b.example.com/client"), BRIEF)
                            .reason())
                    .contains("too many");
        }
    }

    private FetchAnswer get(URI uri, Map<String, String> conditions, Duration patience) {
        return fetch.get(
                new FetchRequest(uri, true, conditions),
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                Deadline.in(patience));
    }

    private static FetchAnswer.Failure get(GuardedFetch fetch, URI uri, Duration patience) {
        return (FetchAnswer.Failure) fetch.get(
                new FetchRequest(uri, false, Map.of()),
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                Deadline.in(patience));
    }

    private static void drip(OutputStream out, byte[] start) throws IOException, InterruptedException {
        out.write(start);
        while (!Thread.interrupted()) {
            out.write(' ');
            out.flush();
            Thread.sleep(5);
        }
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
