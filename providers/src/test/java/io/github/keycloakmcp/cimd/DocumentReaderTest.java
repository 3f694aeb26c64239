package io.github.keycloakmcp.cimd;

import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.cimd.DocumentUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.oidc.OIDCClientRepresentation;

import static io.github.keycloakmcp.rule.Verdicts.decidedBy;
import static io.github.keycloakmcp.rule.Verdicts.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;

/** How a metadata document is read. */
class DocumentReaderTest {

    private static final String URL = "https://app.example.com/client";

    @Test
    void leavesOutWhatCannotBeHadHere() {
        OIDCClientRepresentation client = decidedBy(read("""
                "client_name": "Claude", "redirect_uris": ["https://claude.ai/api/mcp/auth_callback"],
                "grant_types": ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:jwt-bearer"],
                "response_types": ["code", "id_token"], "token_endpoint_auth_method": "none", "unknown": [{}]"""));
        assertThat(client.getGrantTypes()).containsExactly("authorization_code", "refresh_token");
        assertThat(client.getResponseTypes()).containsExactly("code");
        assertThat(client.getTokenEndpointAuthMethod()).isEqualTo("none");
        assertThat(client.getClientId()).isEqualTo(URL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"client_name\": \"x\" | none",
                "\"token_endpoint_auth_method\": null | none",
                "\"token_endpoint_auth_methods_supported\": [\"private_key_jwt\", \"none\"], \"jwks_uri\": \"https://x.example/k\" | none",
                "\"token_endpoint_auth_methods_supported\": [\"private_key_jwt\"], \"jwks\": {\"keys\": []} | private_key_jwt",
                "\"token_endpoint_auth_method\": \"private_key_jwt\", \"jwks_uri\": \"https://x.example/k\" | private_key_jwt"
            })
    void aClientWithoutAKeyIsPublic(String members, String method) {
        OIDCClientRepresentation client = decidedBy(read(members));
        assertThat(client.getTokenEndpointAuthMethod()).isEqualTo(method);
        assertThat(client.getJwks() != null || client.getJwksUri() != null).isEqualTo(!method.equals("none"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{}",
                "{\"client_id\": 1}",
                "{\"client_id\": \"https://app.example.com/other\"}",
                "{\"client_id\": \"https://APP.example.com/client\"}",
                "{\"client_id\": \"https://app.example.com:443/client\"}",
                "{\"client_id\": \"https://app.example.com/client/\"}",
                "{\"client_id\": \"https://app.example.com/client\", \"client_id\": \"x\"}",
                "{\"client_id\": \"https://app.example.com/client\"} {}",
                "<html>"
            })
    void saysOfNoOtherDocumentWhatItIs(String text) {
        assertThat(refusalOf(DocumentReader.read(url(), text)))
                .isEqualTo(DocumentRefusals.unreadable(url(), "not a JSON object, or its client_id is not its URL"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"client_secret\": \"x\"",
                "\"client_secret_expires_at\": 0",
                "\"token_endpoint_auth_method\": \"client_secret_basic\"",
                "\"token_endpoint_auth_method\": \"client_secret_post\"",
                "\"token_endpoint_auth_method\": \"client_secret_jwt\"",
                "\"token_endpoint_auth_method\": \"private_key_jwt\"",
                "\"token_endpoint_auth_method\": \"private_key_jwt\", \"jwks\": {}, \"jwks_uri\": \"https://x.example/k\"",
                "\"jwks\": {\"keys\": [{\"kty\": \"RSA\", \"n\": \"x\", \"e\": \"AQAB\", \"d\": \"x\"}]}",
                "\"jwks\": {\"keys\": [{\"kty\": \"oct\", \"k\": \"x\"}]}",
                "\"grant_types\": [\"client_credentials\"]",
                "\"grant_types\": []",
                "\"response_types\": [\"token\"]",
                "\"redirect_uris\": \"https://app.example.com/cb\"",
                "\"redirect_uris\": [1]",
                "\"client_name\": {}"
            })
    void refusesWhatMakesNoClient(String member) {
        assertThat(refusalOf(read(member)).error()).isEqualTo("invalid_client_metadata");
    }

    private static Verdict<OIDCClientRepresentation> read(String members) {
        return DocumentReader.read(url(), "{\"client_id\": \"" + URL + "\", " + members + "}");
    }

    private static DocumentUrl url() {
        return decidedBy(DocumentUrl.parse(URL));
    }
}
