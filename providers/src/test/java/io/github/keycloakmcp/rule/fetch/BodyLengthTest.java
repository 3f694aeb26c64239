package io.github.keycloakmcp.rule.fetch;

import java.net.ProtocolException;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Where the content of a response ends, told once or not at all. */
class BodyLengthTest {

    @Test
    void readsOneLength() throws ProtocolException {
        assertThat(of(1, Map.of("content-length", "12"))).isEqualTo(new BodyLength.Exactly(12));
        assertThat(of(0, Map.of("content-length", "0"))).isEqualTo(new BodyLength.Exactly(0));
        assertThat(of(1, Map.of("transfer-encoding", "Chunked"))).isEqualTo(new BodyLength.Chunked());
        assertThat(of(1, Map.of())).isEqualTo(new BodyLength.UntilClosed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-1", "+1", "1.0", "0x10", "1e3", "1, 2", "2, 2", "1 2", "1234567890123456789", "\u0661"})
    void refusesWhatIsNotOneLength(String length) {
        assertThatThrownBy(() -> of(1, Map.of("content-length", length)))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("not one Content-Length");
    }

    @ParameterizedTest
    @CsvSource(
            value = {"1|gzip, chunked", "1|chunked, gzip", "1|chunked, chunked", "1|identity", "1|xchunked", "0|chunked"
            },
            delimiter = '|')
    void refusesACodingThatWasNotRequested(int minor, String coding) {
        assertThatThrownBy(() -> of(minor, Map.of("transfer-encoding", coding)))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("a Transfer-Encoding that was not requested");
    }

    @Test
    void refusesTwoWaysToTellALength() {
        assertThatThrownBy(() -> of(1, Map.of("transfer-encoding", "chunked", "content-length", "2")))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("Content-Length beside Transfer-Encoding");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "a, 10", "1F, 31", "00000002, 2", "ffffffff, 4294967295", "2;x, 2", "2 ; x=\"y\", 2", "2\t, 2"})
    void readsTheLengthOfAChunk(String line, long length) throws ProtocolException {
        assertThat(BodyLength.Chunked.chunk(line)).isEqualTo(length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "zz", "-1", "+1", " 2", "0x2", "2 2", ";x", "100000000", "2\r", "2;\u0000"})
    void refusesWhatIsNotTheLengthOfAChunk(String line) {
        assertThatThrownBy(() -> BodyLength.Chunked.chunk(line)).isInstanceOf(ProtocolException.class);
    }

    private static BodyLength of(int minor, Map<String, String> headers) throws ProtocolException {
        return BodyLength.of(new ResponseHead(minor, 200, headers));
    }
}
