package io.github.keycloakmcp.rule.fetch;

import java.net.ProtocolException;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The first lines of a response, by the grammar of RFC 9112. */
class ResponseHeadTest {

    @Test
    void readsStatusAndFields() throws ProtocolException {
        assertThat(ResponseHead.parse(
                        List.of("HTTP/1.1 200 OK", "ETag:\t \"1\" ", "X: a", "x:b", "Empty:", "Name: caf\u00e9: x")))
                .isEqualTo(new ResponseHead(
                        1, 200, Map.of("etag", "\"1\"", "x", "a, b", "empty", "", "name", "caf\u00e9: x")));
    }

    @Test
    void tellsAFieldOrItsDefault() throws ProtocolException {
        ResponseHead head = ResponseHead.parse(List.of("HTTP/1.1 200 OK", "ETag: x"));
        assertThat(head.header("etag", "y")).isEqualTo("x");
        assertThat(head.header("age", "y")).isEqualTo("y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.0 503 Service Unavailable", "HTTP/1.1 503 ", "HTTP/1.1 503", "HTTP/1.9 503 x y"})
    void takesAnyReason(String line) throws ProtocolException {
        assertThat(ResponseHead.parse(List.of(line)).status()).isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "200 OK",
                "HTTP/0.9 200 OK",
                "HTTP/2 200 OK",
                "HTTP/2.0 200 OK",
                "HTTP/1.10 200 OK",
                "http/1.1 200 OK",
                "HTTP/1.1  200 OK",
                "HTTP/1.1 20 OK",
                "HTTP/1.1 600 X",
                "HTTP/1.1 2000 X",
                "HTTP/1.1 200 a\rb",
                " HTTP/1.1 200 OK",
                "ICY 200 OK"
            })
    void refusesAnotherProtocol(String line) {
        assertThatThrownBy(() -> ResponseHead.parse(List.of(line)))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("not an HTTP/1 status line");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X",
                "X y",
                ": y",
                "X : y",
                "X\t: y",
                " X: y",
                "X: a\rb",
                "X: a\u0000b",
                "X: a\u007f",
                "X:\u001c a",
                "X: a\u001f",
                "X: \u000b",
                "X\u00e9: y",
                "X(: y"
            })
    void refusesWhatIsNoField(String line) {
        assertThatThrownBy(() -> ResponseHead.parse(List.of("HTTP/1.1 200 OK", line)))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("not a header field");
    }

    @ParameterizedTest
    @CsvSource({
        "100, true, false",
        "101, false, false",
        "103, true, false",
        "199, true, false",
        "200, false, true",
        "299, false, true",
        "300, false, false",
        "407, false, false"
    })
    void tellsWhatAStatusMeans(int status, boolean interim, boolean successful) {
        ResponseHead head = new ResponseHead(1, status, Map.of());
        assertThat(head.isInterim()).isEqualTo(interim);
        assertThat(head.isSuccessful()).isEqualTo(successful);
    }
}
