package io.github.keycloakmcp.tests.integration.discovery;

import java.net.URI;
import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.client.HttpReply;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the metadata of an MCP realm says, member by member (RFC 8414 section 2; OpenID Connect Discovery section 3). */
@KeycloakTest
class MetadataMembersIT {

    private final URI issuer;
    private final JsonNode document;

    MetadataMembersIT(McpRealm realm) {
        this.issuer = realm.issuer();
        this.document = Location.document(issuer);
    }

    @Test
    void theIssuerHasNoQueryAndNoFragment() {
        assertThat(URI.create(document.path("issuer").asText()))
                .isEqualTo(issuer)
                .hasNoQuery()
                .hasNoFragment();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "authorization_endpoint",
                "token_endpoint",
                "registration_endpoint",
                "revocation_endpoint",
                "introspection_endpoint",
                "device_authorization_endpoint",
                "pushed_authorization_request_endpoint",
                "userinfo_endpoint",
                "end_session_endpoint"
            })
    void namesEndpointsThatAnswer(String member) {
        URI endpoint = URI.create(document.path(member).asText());
        assertThat(endpoint.toString()).startsWith(issuer + "/");
        HttpReply answer = member.equals("registration_endpoint")
                ? Http.plain().json("POST", endpoint, "{}")
                : Http.plain().with("Accept", "text/html, application/json").get(endpoint);
        assertThat(answer.status()).isNotIn(404, 500, 501, 502, 503);
    }

    @Test
    void namesKeysThatCanBeRead() {
        HttpReply keys = Http.plain().get(URI.create(document.path("jwks_uri").asText()));
        keys.expect(200);
        assertThat(StreamSupport.stream(keys.json().path("keys").spliterator(), false)
                        .map(key -> key.path("use").asText()))
                .contains("sig");
    }

    @Test
    void offersCodesAndNothingElse() {
        assertThat(list("response_types_supported")).containsExactly("code");
    }

    @Test
    void offersOnlyGrantsThatCanBeBoundToAnMcpServer() {
        assertThat(list("grant_types_supported"))
                .contains(
                        "authorization_code",
                        "refresh_token",
                        "client_credentials",
                        "urn:ietf:params:oauth:grant-type:device_code",
                        "urn:ietf:params:oauth:grant-type:token-exchange")
                .doesNotContain(
                        "implicit",
                        "password",
                        "urn:openid:params:grant-type:ciba",
                        "urn:ietf:params:oauth:grant-type:uma-ticket");
    }

    @Test
    void offersS256AndNothingElse() {
        assertThat(list("code_challenge_methods_supported")).containsExactly("S256");
    }

    @Test
    void offersOnlyScopesThatAreMeantForClients() {
        assertThat(list("scopes_supported"))
                .containsExactlyInAnyOrder("openid", "profile", "email", "offline_access", "mcp:tools");
    }

    @Test
    void letsPublicClientsUseTheTokenAndTheRevocationEndpoint() {
        assertThat(list("token_endpoint_auth_methods_supported"))
                .contains("none", "client_secret_basic", "client_secret_post", "private_key_jwt");
        assertThat(list("revocation_endpoint_auth_methods_supported")).contains("none");
    }

    @Test
    void letsNoPublicClientIntrospect() {
        assertThat(list("introspection_endpoint_auth_methods_supported"))
                .contains("private_key_jwt")
                .doesNotContain("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "revocation", "introspection"})
    void namesSigningAlgorithmsForAssertionsAndNeverNone(String endpoint) {
        assertThat(list(endpoint + "_endpoint_auth_signing_alg_values_supported"))
                .contains("RS256")
                .doesNotContain("none");
    }

    @Test
    void saysThatAnswersNameTheIssuer() {
        assertThat(document.path("authorization_response_iss_parameter_supported")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void isWhatAnOpenIdProviderHasToSay() {
        assertThat(list("scopes_supported")).contains("openid");
        assertThat(list("subject_types_supported")).contains("public");
        assertThat(list("id_token_signing_alg_values_supported")).contains("RS256");
        assertThat(list("claims_supported")).contains("sub", "iss", "aud");
    }

    @Test
    void namesNoProtectedResourceUnasked() {
        assertThat(document.has("protected_resources")).isFalse();
    }

    private List<String> list(String member) {
        return Json.texts(document.path(member));
    }
}
