package io.github.keycloakmcp.registration;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import io.github.keycloakmcp.rule.Cases;
import io.github.keycloakmcp.rule.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.oidc.OIDCClientRepresentation;

import static io.github.keycloakmcp.rule.Verdicts.assertRefused;
import static io.github.keycloakmcp.rule.Verdicts.decidedBy;
import static io.github.keycloakmcp.rule.Verdicts.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;

/** Bodies that are long, deep or noise: each is answered, none is thrown at. */
class HostileMetadataTest {

    private static final String ERROR = "invalid_client_metadata";
    private static final String TOO_DEEP =
            "client metadata is nested too deeply, or contains a name or number that is too long";

    @Test
    void readsALongBodyUpToTheLimit() {
        String longest = "{\"x\":\"" + "y".repeat(MetadataReader.MAX_LENGTH - 8) + "\"}";
        assertThat(longest).hasSize(MetadataReader.MAX_LENGTH);
        decidedBy(read(longest));
        assertRefused(read(longest + " "), ERROR, "must not exceed 65536 bytes");
        assertThat(refusalOf(read(longest + " ")).status()).isEqualTo(413);
    }

    @Test
    void readsNoMoreOfALongBodyThanShowsThatItIs() throws IOException {
        InputStream body = new ByteArrayInputStream(new byte[1_000_000]);
        assertRefused(MetadataReader.read(body), ERROR, "must not exceed 65536 bytes");
        assertThat(body.available()).isEqualTo(1_000_000 - MetadataReader.MAX_LENGTH - 1);
    }

    @Test
    void survivesBytesThatAreNoText() {
        byte[] start = "{\"client_name\":\"".getBytes(StandardCharsets.UTF_8);
        for (int first = 0x80; first <= 0xff; first++) {
            byte[] body = Arrays.copyOf(start, start.length + 3);
            body[start.length] = (byte) first;
            body[start.length + 1] = (byte) 0x28;
            body[start.length + 2] = (byte) 0xff;
            assertRefused(read(body), ERROR, "one JSON object");
        }
        Cases.check(
                5_000,
                chance -> chance.text(60),
                any -> assertThat(read(any.getBytes(StandardCharsets.UTF_16))).isNotNull());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s",
                "{\"unknown\":%s}",
                "{\"redirect_uris\":%s}",
                "{\"redirect_uris\":[%s]}",
                "{\"client_name\":%s}",
                "{\"jwks\":%s}",
                "{\"jwks\":{\"keys\":[{\"kty\":%s}]}}",
                "{\"jwks\":{\"keys\":[{\"unknown\":%s}]}}"
            })
    void survivesTenThousandLevels(String body) {
        String arrays = "[".repeat(10_000) + "]".repeat(10_000);
        String objects = "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000);
        for (String deep : List.of(arrays, objects, "[".repeat(10_000))) {
            assertRefused(read(body.formatted(deep)), ERROR, TOO_DEEP);
        }
    }

    @Test
    void survivesANumberThatIsTooLongToRead() {
        String digits = "9".repeat(20_000);
        assertRefused(read("{\"dpop_bound_access_tokens\":" + digits + "}"), ERROR, TOO_DEEP);
        assertRefused(read("{\"unknown\":1e" + digits + "}"), ERROR, TOO_DEEP);
        assertRefused(read("{\"" + "x".repeat(60_000) + "\":1}"), ERROR, "a name or number that is too long");
    }

    @Test
    void neverThrowsWhateverIsSent() {
        Cases.check(5_000, chance -> chance.text(200), any -> {
            assertThat(read(any)).isNotNull();
            assertThat(read("{\"client_name\":\"" + any + "\"}")).isNotNull();
            assertThat(read("{\"" + any + "\":[" + any + "]}")).isNotNull();
        });
    }

    private static Verdict<OIDCClientRepresentation> read(String body) {
        return read(body.getBytes(StandardCharsets.UTF_8));
    }

    private static Verdict<OIDCClientRepresentation> read(byte[] body) {
        try {
            return MetadataReader.read(new ByteArrayInputStream(body));
        } catch (IOException e) {
            throw new AssertionError("a body in memory can be read", e);
        }
    }
}
