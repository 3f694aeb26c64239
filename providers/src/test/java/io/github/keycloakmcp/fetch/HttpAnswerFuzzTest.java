package io.github.keycloakmcp.fetch;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;

import io.github.keycloakmcp.rule.Fuzz;
import io.github.keycloakmcp.rule.fetch.CacheBounds;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a host answers, from the first byte of the status line on. */
class HttpAnswerFuzzTest {

    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    private static final CacheBounds BOUNDS = new CacheBounds(Duration.ofMinutes(5), Duration.ofDays(1));
    private static final FetchRequest REQUEST =
            new FetchRequest(URI.create("http://localhost:1/client"), true, Map.of("If-None-Match", "\"1\""));

    @Test
    void anAnswerIsADocumentOfBoundedSizeOrAFailure() {
        Fuzz.run(
                "http-answer",
                List.of(
                        HEAD + "Content-Length: 2\r\nCache-Control: max-age=60, s-maxage=\"9\"\r\nAge: 5\r\n\r\n{}",
                        HEAD + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                        HEAD + "Content-Encoding: gzip\r\nExpires: Thu, 01 Jan 2026 00:00:00 GMT\r\nDate: x\r\n\r\n{}",
                        "HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\nCache-Control: no-store\r\n\r\n",
                        "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\n\r\n",
                        HEAD + "Transfer-Encoding: chunked\r\n\r\n1;x=\"y\"\r\n{\r\n1\r\n}\r\n0\r\nA: b\r\n c\r\n\r\n",
                        "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + HEAD + "Content-Length: 2\r\n\r\n{}",
                        "HTTP/1.0 503 x\r\n\r\n"),
                input -> kind(answer(input)));
    }

    private static String kind(FetchAnswer answer) {
        if (answer instanceof FetchAnswer.Failure failure) {
            return failure.temporary() + " " + failure.reason().replaceAll("[^A-Za-z ].*", "");
        }
        Map<String, String> headers = answer instanceof FetchAnswer.Content content
                ? content.headers()
                : ((FetchAnswer.Unchanged) answer).headers();
        Duration lifetime = BOUNDS.lifetime(headers);
        assertThat(lifetime).isBetween(BOUNDS.shortest(), BOUNDS.longest());
        return answer.getClass().getSimpleName() + " " + headers.keySet().size() + " " + lifetime.toHours();
    }

    private static FetchAnswer answer(String text) {
        HttpExchange http = new HttpExchange(
                host -> new InetAddress[] {InetAddress.getLoopbackAddress()},
                new Answering(text.getBytes(StandardCharsets.ISO_8859_1)),
                new OutgoingProxies(List.of()));
        Connection connection = http.connection(Deadline.in(Deadline.LIMIT));
        try {
            FetchAnswer answer = http.run(REQUEST, connection, (SSLSocketFactory) SSLSocketFactory.getDefault());
            if (answer instanceof FetchAnswer.Content content) {
                assertThat(content.text().length()).isLessThanOrEqualTo(AnswerReader.MAX_LENGTH);
            }
            return answer;
        } catch (IOException e) {
            return new FetchAnswer.Failure(e.getClass().getSimpleName(), true);
        }
    }

    /** Sockets without a network: everything is answered with the same bytes. */
    private static final class Answering extends UnconnectedSockets {

        private final byte[] answer;

        Answering(byte[] answer) {
            this.answer = answer;
        }

        @Override
        public Socket createSocket() {
            return new Socket() {
                private final InputStream in = new ByteArrayInputStream(answer);
                private final OutputStream out = new ByteArrayOutputStream();

                @Override
                public void connect(SocketAddress endpoint, int timeout) {}

                @Override
                public boolean isConnected() {
                    return true;
                }

                @Override
                public InputStream getInputStream() {
                    return in;
                }

                @Override
                public OutputStream getOutputStream() {
                    return out;
                }
            };
        }
    }
}
