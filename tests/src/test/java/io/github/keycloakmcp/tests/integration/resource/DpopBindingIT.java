package io.github.keycloakmcp.tests.integration.resource;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.AlgorithmProof;
import io.github.keycloakmcp.tests.client.AuthorizationReply;
import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.DpopKey;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.client.HttpReply;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Registration;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.TokenReply;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A token of a client that proves its key (RFC 9449) is bound to the key <em>and</em> to the MCP server, at every step. */
@KeycloakTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DpopBindingIT {

    private static final String A = McpRealm.SERVER_A;
    private static final String SECRET = "secret-of-the-server";

    private final DpopKey key = DpopKey.generate();
    private final DpopKey stolen = DpopKey.generate();
    private McpRealm realm;
    private McpClient client;

    @BeforeAll
    void register(McpRealm one) {
        realm = one;
        Registration registration =
                McpClient.of(realm).register(ClientMetadata.unique("Careful").with("dpop_bound_access_tokens", true));
        assertThat(registration.json().path("dpop_bound_access_tokens").asBoolean())
                .isTrue();
        client = McpClient.of(realm).identifiedBy(registration);
        realm.clients().create("""
                {"clientId": "machine", "secret": "%s", "publicClient": false, "serviceAccountsEnabled": true,
                 "standardFlowEnabled": false, "defaultClientScopes": ["basic", "mcp:tools"]}""".formatted(SECRET));
        realm.clients().create("""
                {"clientId": "%s", "secret": "%s", "publicClient": false, "standardFlowEnabled": false,
                 "attributes": {"standard.token.exchange.enabled": "true"}}""".formatted(A, SECRET));
    }

    @BeforeEach
    void clearEvents() {
        realm.clearEvents();
    }

    @Test
    void theMetadataTellsTheAlgorithmsOfProofs() {
        JsonNode metadata = Json.parse(Http.plain()
                .get(URI.create(realm.issuer() + "/.well-known/oauth-authorization-server"))
                .body());
        assertThat(Json.texts(metadata.path("dpop_signing_alg_values_supported")))
                .contains("ES256", "RS256")
                .doesNotContain("none", "HS256");
    }

    @Test
    void aProofInEachOfTheseAlgorithmsIsAcceptedAndNoneInAnother() {
        McpClient machine = McpClient.of(realm).identifiedBy("machine", SECRET, "");
        URI endpoint = machine.server().endpoint("token_endpoint");
        List<String> algorithms = Json.texts(Json.parse(Http.plain()
                        .get(URI.create(realm.issuer() + "/.well-known/oauth-authorization-server"))
                        .body())
                .path("dpop_signing_alg_values_supported"));
        for (String algorithm : algorithms) {
            McpClient proven = machine.sending("DPoP", AlgorithmProof.of(algorithm, endpoint));
            Tokens tokens = proven.clientCredentials("", A).tokens();
            TokenAssertion.assertThat(tokens).isFor(A);
            assertThat(tokens.access().claims().at("/cnf/jkt").isTextual())
                    .as(algorithm)
                    .isTrue();
        }
        String proof = AlgorithmProof.of("RS256", endpoint);
        String symmetric = proof.replaceFirst("^[^.]+", header("HS256"));
        for (String wrong : List.of(symmetric, proof.replaceFirst("^[^.]+", header("none")), "x")) {
            ErrorAssertion.assertRefused(machine.sending("DPoP", wrong).clientCredentials("", A), 400);
        }
    }

    private static String header(String algorithm) {
        String json = "{\"typ\":\"dpop+jwt\",\"alg\":\"" + algorithm + "\",\"jwk\":{\"kty\":\"oct\",\"k\":\"AA\"}}";
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aClientThatRegisteredForProofsGetsNoTokenWithoutOne() {
        AuthorizationRequest request = client.authorization().resource(A);
        AuthorizationReply reply = Browser.of("alice").authorize(request);
        ErrorAssertion.assertRefused(client.redeem(request, reply), 400).saying("DPoP proof is missing");
        assertThat(realm.events("CODE_TO_TOKEN")).isEmpty();
        assertThat(realm.events("CODE_TO_TOKEN_ERROR")).isNotEmpty();
    }

    @Test
    void aCodeIsBoundToTheKeyOfItsRequest() {
        AuthorizationRequest request = client.authorization().resource(A).with("dpop_jkt", key.thumbprint());
        AuthorizationReply reply = Browser.of("alice").authorize(request);
        ErrorAssertion.assertRefused(stolen.proven(client).redeem(request, reply), 400);
        AuthorizationReply again = Browser.of("alice").authorize(request);
        assertBound(key.proven(client).redeem(request, again).tokens());
    }

    @Test
    void aPushedRequestIsBoundToTheKeyOfItsProof() {
        AuthorizationRequest request = client.authorization().resource(A);
        HttpReply pushed =
                key.proven(client, "pushed_authorization_request_endpoint").push(request);
        pushed.expect(201);
        AuthorizationRequest reference = new AuthorizationRequest(
                request.endpoint(),
                Form.of(
                        "client_id",
                        client.clientId(),
                        "request_uri",
                        pushed.json().path("request_uri").asText()),
                request.pkce());
        AuthorizationReply reply = Browser.of("alice").authorize(reference);
        assertBound(key.proven(client).redeem(request, reply).tokens());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mcp:tools", "mcp:tools offline_access"})
    void aRefreshKeepsBothAndNeedsTheKey(String scope) {
        Tokens first = obtain(scope);
        ErrorAssertion.assertRefused(client.refresh(first.refresh()), 400);
        ErrorAssertion.assertRefused(stolen.proven(client).refresh(first.refresh()), 400);
        Tokens second = key.proven(client).refresh(first.refresh()).tokens();
        assertBound(second);
        assertBound(key.proven(client).refresh(second.refresh(), A).tokens());
    }

    @Test
    void anotherServerIsRefusedWithTheRightKeyToo() {
        Tokens first = obtain("mcp:tools");
        TokenReply reply = key.proven(client).refresh(first.refresh(), McpRealm.SERVER_B);
        ErrorAssertion.assertRefused(reply, 400).hasError("invalid_target");
        assertBound(key.proven(client).refresh(first.refresh()).tokens());
    }

    @Test
    void theServerReadsBothByIntrospection() {
        HttpReply reply = McpClient.of(realm)
                .identifiedBy(A, SECRET, "")
                .introspect(obtain("mcp:tools").accessToken());
        assertThat(reply.json().path("active").asBoolean()).isTrue();
        assertThat(Json.texts(reply.json().path("aud"))).containsExactly(A);
        assertThat(reply.json().at("/cnf/jkt").asText()).isEqualTo(key.thumbprint());
    }

    @Test
    void aServerMayRequireAProofOfEveryClient() {
        McpClient plain = McpClient.of(realm).registered(ClientMetadata.unique("Careless"));
        Tokens before = plain.obtain(Browser.of("alice"), plain.authorization().resource(A));
        require(true);
        try {
            AuthorizationRequest request = plain.authorization().resource(A);
            AuthorizationReply reply = Browser.of("alice").authorize(request);
            realm.clearEvents();
            ErrorAssertion.assertRefused(plain.redeem(request, reply), 400)
                    .hasError("invalid_dpop_proof")
                    .saying(A, "requires DPoP");
            RecordedRefusal.assertRecorded(realm, "CODE_TO_TOKEN_ERROR", "invalid_dpop_proof", "dpop-required");
            ErrorAssertion.assertRefused(plain.refresh(before.refresh()), 400).hasError("invalid_dpop_proof");
            assertBound(key.proven(plain)
                    .redeem(request, Browser.of("alice").authorize(request))
                    .tokens());
            assertBound(obtain("mcp:tools"));
        } finally {
            require(false);
        }
        TokenAssertion.assertThat(plain.refresh(before.refresh()).tokens()).isFor(A);
    }

    private void require(boolean required) {
        String server =
                Json.object().put("uri", A).put("dpopRequired", required).toString();
        assertThat(realm.put("/mcp/servers", server).statusCode()).isEqualTo(200);
        assertThat(realm.read("/mcp/servers/object?uri=" + A)
                        .path("dpopRequired")
                        .asBoolean())
                .isEqualTo(required);
    }

    /** The server does not hold the client's key; with the token alone it could act as the client. */
    @Test
    void aServerCannotExchangeATokenThatIsBoundToItsClient() {
        TokenReply reply = McpClient.of(realm)
                .identifiedBy(A, SECRET, "")
                .token(Form.of(
                        "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                        "subject_token", obtain("mcp:tools").accessToken(),
                        "subject_token_type", "urn:ietf:params:oauth:token-type:access_token"));
        ErrorAssertion.assertRefused(reply, 400).hasError("invalid_request").saying("ender-constrained");
    }

    private Tokens obtain(String scope) {
        AuthorizationRequest request = client.authorization().resource(A).scope(scope);
        AuthorizationReply reply = Browser.of("alice").authorize(request);
        Tokens tokens = key.proven(client).redeem(request, reply).tokens();
        assertBound(tokens);
        return tokens;
    }

    private void assertBound(Tokens tokens) {
        TokenAssertion.assertThat(tokens).isFor(A);
        assertThat(tokens.access().claims().at("/cnf/jkt").asText()).isEqualTo(key.thumbprint());
        assertThat(tokens.response().path("token_type").asText()).isEqualTo("DPoP");
    }
}
