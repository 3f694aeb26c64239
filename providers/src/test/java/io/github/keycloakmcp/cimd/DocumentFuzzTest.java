package io.github.keycloakmcp.cimd;

import java.util.List;

import io.github.keycloakmcp.rule.Fuzz;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.cimd.DocumentUrl;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The parsers of what stands in a document or a key set. */
class DocumentFuzzTest {

    private static final String URL = "https://app.example.com/client";

    @Test
    void aDocumentIsReadOrRefused() {
        DocumentUrl url = ((Verdict.Allowed<DocumentUrl>) DocumentUrl.parse(URL)).value();
        Fuzz.run(
                "metadata",
                List.of(
                        "{\"client_id\":\"" + URL
                                + "\",\"client_name\":\"App\",\"redirect_uris\":[\"http://localhost/cb\"]}",
                        "{\"client_id\":\"" + URL
                                + "\",\"token_endpoint_auth_method\":\"private_key_jwt\",\"jwks\":{\"keys\":"
                                + "[{\"kty\":\"RSA\",\"kid\":\"1\",\"n\":\"AQAB\",\"e\":\"AQAB\"}]}}",
                        "{\"client_id\":\"" + URL
                                + "\",\"grant_types\":[\"authorization_code\",1,null],\"scope\":\"a b\","
                                + "\"contacts\":{},\"default_max_age\":1e9,\"response_types\":[]}",
                        "{\"client_id\":\"" + URL + "\",\"token_endpoint_auth_methods_supported\":[\"none\"],"
                                + "\"jwks_uri\":\"https://keys.example\"}"),
                input -> Fuzz.kind(DocumentReader.read(url, input), read -> {
                    assertThat(read.getClientSecret()).isNull();
                    assertThat(read.getTokenEndpointAuthMethod()).isIn("none", "private_key_jwt");
                    assertThat(read.getJwks() != null && read.getJwksUri() != null)
                            .isFalse();
                    return read.getTokenEndpointAuthMethod()
                            + (read.getJwks() == null ? "" : " jwks")
                            + (read.getJwksUri() == null ? "" : " jwks_uri")
                            + (read.getRedirectUris() == null
                                    ? ""
                                    : " " + read.getRedirectUris().size())
                            + (read.getScope() == null ? "" : " scope");
                }));
    }

    @Test
    void aKeySetHasNoPrivateKeysAndABound() {
        Fuzz.run(
                "key-set",
                List.of(
                        "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"1\",\"n\":\"AQAB\",\"e\":\"AQAB\"}]}",
                        "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AQ\",\"y\":\"AQ\",\"d\":\"AQ\"},{\"k\":1}],\"x\":[]}"),
                input -> {
                    if (!(KeyLoader.read(input) instanceof KeyLoader.Keys.Found found)) {
                        return ((KeyLoader.Keys.Missing) KeyLoader.read(input)).reason();
                    }
                    assertThat(found.set().getKeys()).hasSizeLessThanOrEqualTo(KeyLoader.MAX_KEYS);
                    assertThat(found.set().getKeys())
                            .allSatisfy(key -> assertThat(key.getOtherClaims()).doesNotContainKeys("d", "k", "p", "q"));
                    return "found " + found.set().getKeys().length;
                });
    }
}
