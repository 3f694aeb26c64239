package io.github.keycloakmcp.registration;

import java.util.List;

import io.github.keycloakmcp.rule.Cases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.keycloakmcp.rule.Verdicts.assertRefused;
import static io.github.keycloakmcp.rule.Verdicts.decidedBy;
import static org.assertj.core.api.Assertions.assertThat;

/** Bodies that are long, deep or noise: each is answered, none is thrown at. */
class HostileMetadataTest {

    private static final String ERROR = "invalid_client_metadata";
    private static final String TOO_DEEP =
            "client metadata is nested too deeply, or a name or number in it is too long";

    @Test
    void readsALongBodyUpToTheLimit() {
        String longest = "{\"x\":\"" + "y".repeat(MetadataReader.MAX_LENGTH - 8) + "\"}";
        assertThat(longest).hasSize(MetadataReader.MAX_LENGTH);
        decidedBy(MetadataReader.read(longest));
        assertRefused(MetadataReader.read(longest + " "), ERROR, "may have 65536 characters");
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
            assertRefused(MetadataReader.read(body.formatted(deep)), ERROR, TOO_DEEP);
        }
    }

    @Test
    void survivesANumberThatIsTooLongToRead() {
        String digits = "9".repeat(20_000);
        assertRefused(MetadataReader.read("{\"dpop_bound_access_tokens\":" + digits + "}"), ERROR, TOO_DEEP);
        assertRefused(MetadataReader.read("{\"unknown\":1e" + digits + "}"), ERROR, TOO_DEEP);
        assertRefused(
                MetadataReader.read("{\"" + "x".repeat(60_000) + "\":1}"), ERROR, "a name or number in it is too long");
    }

    @Test
    void neverThrowsWhateverIsSent() {
        Cases.check(5_000, chance -> chance.text(200), any -> {
            assertThat(MetadataReader.read(any)).isNotNull();
            assertThat(MetadataReader.read("{\"client_name\":\"" + any + "\"}")).isNotNull();
            assertThat(MetadataReader.read("{\"" + any + "\":[" + any + "]}")).isNotNull();
        });
    }
}
