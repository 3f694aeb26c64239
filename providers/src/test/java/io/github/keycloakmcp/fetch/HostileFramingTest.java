package io.github.keycloakmcp.fetch;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Responses that do not keep to RFC 9112, or keep to the parts that hardly any host uses. */
@Timeout(60)
class HostileFramingTest {

    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String JSON = OK + "Content-Type: application/json\r\n";
    private static final String CHUNKED = JSON + "Transfer-Encoding: chunked\r\n\r\n";
    private static final Duration PATIENT = Duration.ofSeconds(30);

    private final GuardedFetch fetch = new GuardedFetch(
            new HttpExchange(new TestNames(), new RecordingSockets(), new OutgoingProxies(List.of())), 2);

    @AfterEach
    void close() {
        fetch.close();
    }

    static Stream<Arguments> readable() {
        return Stream.of(
                arguments("until the host closes", JSON + "\r\n{}"),
                arguments("HTTP/1.0", "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n{}"),
                arguments("without a reason", "HTTP/1.1 200\r\nContent-Type: application/json\r\n\r\n{}"),
                arguments("LF alone", "HTTP/1.1 200 OK\nContent-Type: application/json\n\n{}"),
                arguments("more than its length", JSON + "Content-Length: 2\r\n\r\n{}HTTP/1.1 200 OK\r\n\r\n[]"),
                arguments("a folded field", OK + "Content-Type:\r\n application/json\r\n\r\n{}"),
                arguments("early hints", "HTTP/1.1 103 X\r\nLink: x\r\n\r\nHTTP/1.1 100 X\r\n\r\n" + JSON + "\r\n{}"),
                arguments("chunks", CHUNKED + "1\r\n{\r\n1\r\n}\r\n0\r\n\r\n"),
                arguments("chunk extensions", CHUNKED + "1;a=b\r\n{\r\n01 ;c=\"d\"\r\n}\r\n0;e\r\n\r\n"),
                arguments("trailers", CHUNKED + "2\r\n{}\r\n0\r\nContent-Type: text/html\r\nX: y\r\n\r\n"),
                arguments("a hundred fields", JSON + "X: y\r\n".repeat(99) + "\r\n{}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("readable")
    void readsWhatTheStandardAllows(String name, String answer) {
        try (RawServer server = RawServer.answering(answer)) {
            assertThat(get(server, PATIENT)).isInstanceOfSatisfying(FetchAnswer.Content.class, content -> {
                assertThat(content.text()).isEqualTo("{}");
                assertThat(content.headers()).containsEntry("content-type", "application/json");
            });
        }
    }

    static Stream<Arguments> hostile() {
        return Stream.of(
                arguments("HTTP/0.9", "{}\n", "not an HTTP/1 status line"),
                arguments("HTTP/0.9, one line", "{}", "ends in the middle"),
                arguments("HTTP/2", "HTTP/2 200 OK\r\nContent-Type: application/json\r\n\r\n{}", "status line"),
                arguments("an empty line first", "\r\n" + JSON + "\r\n{}", "status line"),
                arguments("a proxy's banner first", "X-Proxy: y\r\n" + JSON + "\r\n{}", "status line"),
                arguments("another protocol", "HTTP/1.1 101 Switching Protocols\r\n\r\n", "status 101"),
                arguments("early hints alone", "HTTP/1.1 103 Early Hints\r\n\r\n", "ends in the middle"),
                arguments("two lengths", JSON + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", "not one"),
                arguments("a length twice", JSON + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}", "not one"),
                arguments("a list of lengths", JSON + "Content-Length: 2, 2\r\n\r\n{}", "not one"),
                arguments("a negative length", JSON + "Content-Length: -1\r\n\r\n{}", "not one"),
                arguments("an endless length", JSON + "Content-Length: " + "9".repeat(40) + "\r\n\r\n{}", "not one"),
                arguments("a huge length", JSON + "Content-Length: 999999999999\r\n\r\n{}", "ends in the middle"),
                arguments(
                        "a length beside chunks",
                        JSON + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                        "Content-Length beside"),
                arguments("packed chunks", JSON + "Transfer-Encoding: gzip, chunked\r\n\r\nx", "Transfer-Encoding"),
                arguments(
                        "chunked twice",
                        JSON + "Transfer-Encoding: chunked\r\n".repeat(2) + "\r\n2\r\n{}\r\n0\r\n\r\n",
                        "Transfer-Encoding"),
                arguments(
                        "chunks in HTTP/1.0",
                        CHUNKED.replace("HTTP/1.1", "HTTP/1.0") + "2\r\n{}\r\n0\r\n\r\n",
                        "Transfer-Encoding"),
                arguments("a space before the colon", OK + "Content-Type : application/json\r\n\r\n{}", "header field"),
                arguments("a field without a name", JSON + ": x\r\n\r\n{}", "header field"),
                arguments("a field without a colon", JSON + "x\r\n\r\n{}", "header field"),
                arguments("a control character", JSON + "X: a\u0000b\r\n\r\n{}", "header field"),
                arguments("CR alone", JSON + "X: a\rY: b\r\n\r\n{}", "header field"),
                arguments("a folded status", OK + " x: y\r\n" + "\r\n{}", "header field"),
                arguments("a negative chunk", CHUNKED + "-2\r\n{}\r\n0\r\n\r\n", "length of a chunk"),
                arguments("a chunk without a length", CHUNKED + ";x\r\n{}\r\n0\r\n\r\n", "length of a chunk"),
                arguments("an endless length of a chunk", CHUNKED + "0".repeat(9000), "header too long"),
                arguments("an endless extension", CHUNKED + "2;" + "x".repeat(9000) + "\r\n{}\r\n", "header too long"),
                arguments("a chunk that is longer", CHUNKED + "1\r\n{}\r\n0\r\n\r\n", "longer than it says"),
                arguments("a chunk that is shorter", CHUNKED + "9\r\n{}\r\n0\r\n\r\n", "ends in the middle"),
                arguments("no last chunk", CHUNKED + "2\r\n{}\r\n", "ends in the middle"),
                arguments("no end of the trailers", CHUNKED + "2\r\n{}\r\n0\r\nX: y\r\n", "ends in the middle"),
                arguments("many trailers", CHUNKED + "2\r\n{}\r\n0\r\n" + "X: y\r\n".repeat(101), "too many"),
                arguments("one field too many", JSON + "X: y\r\n".repeat(100) + "\r\n{}", "too many"),
                arguments("an endless folded field", JSON + "X: y\r\n" + " y\r\n".repeat(9000) + "\r\n{}", "too long"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void refusesWhatItDoesNotAllow(String name, String answer, String reason) {
        try (RawServer server = RawServer.answering(answer)) {
            assertThat(get(server, PATIENT))
                    .isInstanceOfSatisfying(
                            FetchAnswer.Failure.class,
                            failure -> assertThat(failure.reason()).contains(reason));
        }
    }

    static Stream<Arguments> endless() {
        return Stream.of(
                arguments("early hints", "", "HTTP/1.1 103 Early Hints\r\n\r\n"),
                arguments("a line", "", "x"),
                arguments("fields", JSON, "X: y\r\n"),
                arguments("one field, folded", JSON + "X: y\r\n", " \r\n"),
                arguments("trailers", CHUNKED + "0\r\n", "X: y\r\n"),
                arguments("extensions", CHUNKED, "1;" + "x".repeat(8000) + "\r\n \r\n"),
                arguments("tiny chunks", CHUNKED, "1\r\n \r\n"));
    }

    /** At full speed; what a host sends slowly is cut off by the time limit. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("endless")
    void readsNothingWithoutAnEnd(String name, String start, String more) {
        try (RawServer server = RawServer.answering(out -> {
            out.write(start.getBytes(StandardCharsets.US_ASCII));
            byte[] block = more.repeat(Math.max(1, 4096 / more.length())).getBytes(StandardCharsets.US_ASCII);
            while (!Thread.interrupted()) {
                out.write(block);
            }
        })) {
            assertThat(get(server, PATIENT))
                    .isInstanceOfSatisfying(
                            FetchAnswer.Failure.class,
                            failure ->
                                    assertThat(failure.reason()).containsAnyOf("too long", "too many", "longer than"));
        }
    }

    @Test
    void aConnectionThatIsResetFailsLikeAServerThatIsDown() {
        try (RawServer server = RawServer.resetting((JSON + "Content-Length: 100\r\n\r\n{"))) {
            assertThat(get(server, PATIENT)).isInstanceOfSatisfying(FetchAnswer.Failure.class, failure -> {
                assertThat(failure.reason()).startsWith("cannot be read");
                assertThat(failure.temporary()).isTrue();
            });
        }
    }

    @Test
    void aStoredValidatorCannotAddAField() {
        try (RawServer server = RawServer.answering(JSON + "\r\n{}")) {
            FetchRequest request = new FetchRequest(server.uri(), true, Map.of("If-None-Match", "\"1\"\r\nX: y"));
            assertThat(fetch.get(request, (SSLSocketFactory) SSLSocketFactory.getDefault(), Deadline.in(PATIENT)))
                    .isInstanceOf(FetchAnswer.Failure.class);
            assertThat(server.requests()).allSatisfy(sent -> assertThat(sent).doesNotContain("X: y"));
        }
    }

    @Test
    void asksForTheRootOfAnAddressWithoutAPath() {
        try (RawServer server = RawServer.answering(JSON + "\r\n{}")) {
            URI uri = URI.create("http://127.0.0.1:" + server.port() + "?a=b%20c#d");
            fetch.get(
                    new FetchRequest(uri, true, Map.of()),
                    (SSLSocketFactory) SSLSocketFactory.getDefault(),
                    Deadline.in(PATIENT));
            assertThat(server.requests()).singleElement().asString().startsWith("GET /?a=b%20c HTTP/1.1\n");
        }
    }

    private FetchAnswer get(RawServer server, Duration patience) {
        return fetch.get(
                new FetchRequest(server.uri(), true, Map.of()),
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                Deadline.in(patience));
    }
}
