package io.github.keycloakmcp.tests.integration.cimd;

import io.github.keycloakmcp.tests.client.AuthorizationReply;
import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.DpopKey;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Page;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.DocumentHost;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.keycloakmcp.tests.server.McpRealm.SERVER_A;
import static org.assertj.core.api.Assertions.assertThat;

/** Documents as their vendors publish them, from a test host, lead an unknown client to a token in one go. */
@KeycloakTest(variables = "MCP_ALLOW_LOOPBACK_DOCUMENTS=true")
@DisabledIfSystemProperty(
        named = "keycloak.url",
        matches = ".+",
        disabledReason = "needs a host that the server trusts")
@DisabledIfSystemProperty(named = "server", matches = "container", disabledReason = "needs the server's own loopback")
class PublishedDocumentsIT {

    private static final DocumentHost HOST = DocumentHost.start();

    private final McpRealm realm;

    PublishedDocumentsIT(McpRealm realm) {
        this.realm = realm;
    }

    @BeforeAll
    static void publish() {
        for (Published published : Published.values()) {
            HOST.publish(published.path(), published.members());
        }
    }

    @AfterAll
    static void close() {
        HOST.close();
    }

    @ParameterizedTest
    @EnumSource
    void leadsItsClientToATokenAndOn(Published published) {
        McpClient client = client(published, published.redirectUri());
        Tokens tokens =
                client.obtain(Browser.of("alice"), client.authorization().resource(SERVER_A));
        TokenAssertion.assertThat(tokens).isFor(SERVER_A).isOf("alice").hasScopes("mcp:tools");
        assertThat(tokens.claim("azp")).isEqualTo(HOST.url(published.path()));
        TokenAssertion.assertThat(client.refresh(tokens.refresh()).tokens()).isFor(SERVER_A);
        var stored = realm.clients().get(HOST.url(published.path()));
        assertThat(stored.path("publicClient").asBoolean()).isTrue();
        assertThat(stored.path("consentRequired").asBoolean()).isTrue();
        assertThat(stored.path("attributes").path("mcp.registered").asText()).isNotEmpty();
        assertThat(stored.path("attributes").path("mcp.document.trust").asText())
                .isEqualTo("unverified");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost:49152/callback", "http://127.0.0.1:61234/callback", "http://localhost/callback"
            })
    void acceptsAnyPortOfTheUsersComputer(String redirectUri) {
        McpClient client = client(Published.CLAUDE_CODE, redirectUri);
        AuthorizationRequest request = client.authorization().resource(SERVER_A);
        AuthorizationReply answer = Browser.of("alice").authorize(request);
        assertThat(answer.redirect().toString()).startsWith(redirectUri + "?");
        TokenAssertion.assertThat(client.redeem(request, answer).tokens()).isFor(SERVER_A);
    }

    @Test
    void aDocumentThatAnnouncesProofsGetsNoTokenWithoutOne() {
        String id = HOST.publish(
                "/proven.json",
                "\"client_name\": \"Proven\", \"redirect_uris\": [\"http://127.0.0.1:33418/callback\"],"
                        + " \"grant_types\": [\"authorization_code\", \"refresh_token\"],"
                        + " \"dpop_bound_access_tokens\": true");
        McpClient client = McpClient.of(realm).identifiedBy(id, null, "http://127.0.0.1:33418/callback");
        AuthorizationRequest request = client.authorization().resource(SERVER_A);
        AuthorizationReply answer = Browser.of("alice").authorize(request);
        ErrorAssertion.assertRefused(client.redeem(request, answer), 400)
                .hasError("invalid_request")
                .saying("DPoP proof is missing");
        DpopKey key = DpopKey.generate();
        McpClient proven = client.proving(key);
        Tokens tokens = proven.obtain(Browser.of("alice"), request);
        TokenAssertion.assertThat(tokens).isFor(SERVER_A);
        assertThat(tokens.access().claims().at("/cnf/jkt").asText()).isEqualTo(key.thumbprint());
        ErrorAssertion.assertRefused(client.refresh(tokens.refresh()), 400).saying("DPoP proof is missing");
        TokenAssertion.assertThat(proven.refresh(tokens.refresh()).tokens()).isFor(SERVER_A);
    }

    /** A name and an address are two redirect URIs; a client that uses both says so. */
    @Test
    void takesANameForNoAddress() {
        HOST.publish(
                "/name-only.json", "\"client_name\": \"Name\", \"redirect_uris\": [\"http://localhost/callback\"]");
        McpClient named =
                McpClient.of(realm).identifiedBy(HOST.url("/name-only.json"), null, "http://127.0.0.1:5000/callback");
        Page page = Browser.of("alice")
                .open(named.authorization().resource(SERVER_A).uri());
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.left()).isEmpty();
    }

    @Test
    void keepsClaudeAndClaudeCodeApartInOneBrowser() {
        Browser browser = Browser.of("alice");
        McpClient web = client(Published.CLAUDE, Published.CLAUDE.redirectUri());
        McpClient code = client(Published.CLAUDE_CODE, "http://localhost:50001/callback");
        AuthorizationRequest first = web.authorization().resource(SERVER_A);
        AuthorizationRequest second = code.authorization().resource(SERVER_A);
        AuthorizationReply firstAnswer = browser.authorize(first);
        AuthorizationReply secondAnswer = browser.authorize(second);
        assertThat(web.redeem(first, firstAnswer).tokens().claim("azp")).isEqualTo(web.clientId());
        assertThat(code.redeem(second, secondAnswer).tokens().claim("azp")).isEqualTo(code.clientId());
    }

    private McpClient client(Published published, String redirectUri) {
        return McpClient.of(realm).identifiedBy(HOST.url(published.path()), null, redirectUri);
    }
}
