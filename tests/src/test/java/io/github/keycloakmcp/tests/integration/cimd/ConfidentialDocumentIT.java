package io.github.keycloakmcp.tests.integration.cimd;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.client.AuthorizationReply;
import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.TokenReply;
import io.github.keycloakmcp.tests.server.DocumentHost;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.keycloakmcp.tests.server.McpRealm.SERVER_A;
import static org.assertj.core.api.Assertions.assertThat;

/** Clients that prove who they are with a key that their document names. */
@KeycloakTest(variables = "MCP_ALLOW_LOOPBACK_DOCUMENTS=true")
@DisabledIfSystemProperty(
        named = "keycloak.url",
        matches = ".+",
        disabledReason = "needs a host that the server trusts")
@DisabledIfSystemProperty(named = "server", matches = "container", disabledReason = "needs the server's own loopback")
class ConfidentialDocumentIT {

    private static final String REDIRECT = "https://chatgpt.com/connector/oauth/a1B2c3D4";

    /** What ChatGPT publishes, but for the place of its keys. */
    private static final String DOCUMENT = """
            "client_name": "ChatGPT", "client_uri": "https://chatgpt.com/",
            "redirect_uris": ["https://chatgpt.com/connector/oauth/a1B2c3D4"],
            "token_endpoint_auth_method": "private_key_jwt",
            "token_endpoint_auth_methods_supported": ["none", "private_key_jwt"],
            "token_endpoint_auth_signing_alg": "RS256",
            "grant_types": ["authorization_code", "refresh_token"], "response_types": ["code"],\s""";

    private final McpRealm realm;
    private final DocumentHost host = DocumentHost.start();
    private final SigningKey key = new SigningKey("first");

    ConfidentialDocumentIT(McpRealm realm) {
        this.realm = realm;
    }

    @AfterEach
    void close() {
        host.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jwks", "jwks_uri"})
    void aClientWithItsKeyGetsTokens(String member) {
        String keys = member.equals("jwks")
                ? key.keySet()
                : '"' + host.serve("/jwks.json", 200, "application/json", key.keySet()) + '"';
        McpClient client = client(host.publish("/client.json", DOCUMENT + '"' + member + "\": " + keys));
        AuthorizationRequest request = client.authorization().resource(SERVER_A);
        AuthorizationReply answer = Browser.of("alice").authorize(request);
        TokenReply reply = token(client, key, client.codeForm(request, answer));
        TokenAssertion.assertThat(reply.tokens()).isFor(SERVER_A);
        Form refresh = Form.of(
                "grant_type", "refresh_token", "refresh_token", reply.tokens().refresh());
        TokenAssertion.assertThat(token(client, key, refresh).tokens()).isFor(SERVER_A);
        var stored = realm.clients().get(client.clientId());
        assertThat(stored.path("publicClient").asBoolean()).isFalse();
        assertThat(stored.path("clientAuthenticatorType").asText()).isEqualTo("client-jwt");
        assertThat(stored.path("attributes").has("jwks.url"))
                .as("Keycloak itself fetches no keys")
                .isFalse();
    }

    @Test
    void nobodyGetsTokensWithoutTheKey() {
        String keys = host.serve("/jwks.json", 200, "application/json", key.keySet());
        McpClient client = client(host.publish("/client.json", DOCUMENT + "\"jwks_uri\": \"" + keys + '"'));
        AuthorizationRequest request = client.authorization().resource(SERVER_A);
        AuthorizationReply answer = Browser.of("alice").authorize(request);
        assertThat(client.token(client.codeForm(request, answer)).status()).isIn(400, 401);
        TokenReply forged = token(client, new SigningKey("first"), client.codeForm(request, answer));
        ErrorAssertion.assertRefused(forged, forged.status()).hasError("invalid_client");
    }

    @Test
    void aDocumentWithoutReachableKeysMakesNoClient() {
        McpClient client =
                client(host.publish("/client.json", DOCUMENT + "\"jwks_uri\": \"https://localhost:1/keys\""));
        assertThat(Browser.of("alice")
                        .open(client.authorization().resource(SERVER_A).uri())
                        .status())
                .isEqualTo(400);
        assertThat(realm.clients().contains(client.clientId())).isFalse();
    }

    @Test
    void newKeysCountAfterTheDocumentHasExpired() {
        String keys = host.serve("/jwks.json", 200, "application/json", key.keySet());
        McpClient client = client(host.publish("/client.json", DOCUMENT + "\"jwks_uri\": \"" + keys + '"'));
        assertThat(Browser.of("alice")
                        .open(client.authorization().resource(SERVER_A).uri())
                        .isLogin())
                .isTrue();
        SigningKey next = new SigningKey("second");
        host.serve("/jwks.json", 200, "application/json", next.keySet());
        realm.clients()
                .edit(
                        client.clientId(),
                        stored -> ((ObjectNode) stored.path("attributes")).put("mcp.document.expires", "1"));
        AuthorizationRequest request = client.authorization().resource(SERVER_A);
        AuthorizationReply answer = Browser.of("alice").authorize(request);
        TokenAssertion.assertThat(
                        token(client, next, client.codeForm(request, answer)).tokens())
                .isFor(SERVER_A);
    }

    /** A vendor replaces its key. Requests at once are one fetch, and all of them succeed. */
    @Test
    void aNewKeyCountsAtTheNextTokenRequest() {
        String keys = host.serve("/jwks.json", 200, "application/json", key.keySet());
        McpClient client = client(host.publish("/client.json", DOCUMENT + "\"jwks_uri\": \"" + keys + '"'));
        AuthorizationRequest request = client.authorization().resource(SERVER_A);
        SigningKey next = new SigningKey("second");
        List<Form> codes = Stream.of("alice", "bob")
                .map(Browser::of)
                .map(user -> client.codeForm(request, user.authorize(request)))
                .toList();
        host.serve("/jwks.json", 200, "application/json", next.keySet());
        assertThat(codes.stream()
                        .map(code -> CompletableFuture.supplyAsync(() -> token(client, next, code)))
                        .toList())
                .extracting(CompletableFuture::join)
                .allSatisfy(reply -> TokenAssertion.assertThat(reply.tokens()).isFor(SERVER_A));
        assertThat(host.requests("/jwks.json")).hasSize(2);
        assertThat(realm.clients().get(client.clientId()).path("attributes").path("mcp.document.keys"))
                .hasToString('"' + keys + '"');
        assertThat(token(client, key, Form.of("grant_type", "refresh_token", "refresh_token", "x"))
                        .status())
                .as("the old key has been taken back")
                .isBetween(400, 401);
    }

    /** Anybody can name a key that does not exist, and makes this server call the vendor once a minute at most. */
    @Test
    void inventedKeysAreOneFetch() {
        String keys = host.serve("/jwks.json", 200, "application/json", key.keySet());
        McpClient client = client(host.publish("/client.json", DOCUMENT + "\"jwks_uri\": \"" + keys + '"'));
        AuthorizationRequest request = client.authorization().resource(SERVER_A);
        Form code = client.codeForm(request, Browser.of("alice").authorize(request));
        Instant begin = Instant.now();
        for (int i = 0; i < 10; i++) {
            TokenReply reply = token(client, new SigningKey("invented " + i), code);
            ErrorAssertion.assertRefused(reply, reply.status()).hasError("invalid_client");
        }
        int minutes = (int) Duration.between(begin, Instant.now()).toMinutes();
        assertThat(host.requests("/jwks.json"))
                .as("one for the document, and one a minute")
                .hasSizeBetween(2, 2 + minutes);
        assertThat(realm.events("CODE_TO_TOKEN_ERROR"))
                .anySatisfy(event ->
                        assertThat(event.details().get("mcp_reason")).contains("key not among those at jwks_uri"));
        TokenAssertion.assertThat(token(client, key, code).tokens()).isFor(SERVER_A);
    }

    /** What is at the address by then is held to the same rules, and the client keeps what it had. */
    @Test
    void keysThatMayNotBeKeptReplaceNothing() {
        String keys = host.serve("/jwks.json", 200, "application/json", key.keySet());
        McpClient client = client(host.publish("/client.json", DOCUMENT + "\"jwks_uri\": \"" + keys + '"'));
        AuthorizationRequest request = client.authorization().resource(SERVER_A);
        Form code = client.codeForm(request, Browser.of("alice").authorize(request));
        SigningKey next = new SigningKey("second");
        host.serve("/jwks.json", 200, "application/json", next.keySet().replace("\"use\"", "\"d\": \"AQ\", \"use\""));
        TokenReply reply = token(client, next, code);
        ErrorAssertion.assertRefused(reply, reply.status()).hasError("invalid_client");
        assertThat(realm.events("CODE_TO_TOKEN_ERROR"))
                .anySatisfy(event ->
                        assertThat(event.details().get("mcp_reason")).contains("jwks_uri leads to private keys"));
        TokenAssertion.assertThat(token(client, key, code).tokens()).isFor(SERVER_A);
    }

    private McpClient client(String url) {
        return McpClient.of(realm).identifiedBy(url, null, REDIRECT);
    }

    private TokenReply token(McpClient client, SigningKey signing, Form form) {
        Form all = form;
        for (var parameter :
                signing.assertion(client.clientId(), realm.issuer().toString()).fields()) {
            all = all.with(parameter.name(), parameter.value());
        }
        return client.token(all);
    }
}
