package io.github.keycloakmcp.tests.integration.consent;

import java.net.URI;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.AuthorizationReply;
import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Page;
import io.github.keycloakmcp.tests.client.Pkce;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The user selects which scopes of an MCP server a client gets; the token and every refresh have these and no others. */
@KeycloakTest
class ConsentChoiceIT {

    private static final String ALL = "openid files:read files:write files:delete";

    private final McpRealm realm;
    private final McpClient client;
    private final Browser alice = Browser.of("alice");
    private final AuthorizationRequest request;

    ConsentChoiceIT(McpRealm realm) {
        this.realm = realm;
        this.client = McpClient.of(realm).registered(ClientMetadata.unique("Choosing"));
        this.request = client.authorization().resource(McpRealm.SERVER_A).scope(ALL);
    }

    @BeforeAll
    static void declareScopes(McpRealm realm) {
        declare(realm, "files:read", "Read your files", false);
        declare(realm, "files:write", "Change your files", false);
        declare(realm, "files:delete", "Delete your files", true);
    }

    @BeforeEach
    void nothingIsConsentedTo() {
        realm.revokeConsents("alice");
    }

    @Test
    void thePageOffersEachScopeAndASensitiveOneIsNotSelected() {
        Page page = alice.reach(request);
        assertThat(page.document().select("#mcp-choice input[type=checkbox]").eachAttr("value"))
                .containsExactly("files:delete", "files:read", "files:write");
        assertThat(page.document()
                        .select("#mcp-choice input[type=checkbox]:not([checked])")
                        .eachAttr("value"))
                .containsExactly("files:delete");
        assertThat(page.document().select("#mcp-choice label").eachText())
                .containsExactly("Delete your files Sensitive", "Read your files", "Change your files");
        assertThat(page.text()).doesNotContain("Use the tools of this MCP server");
    }

    @Test
    void theTokenAndItsRefreshHaveWhatWasSelectedAndTheUserIsAskedAgainForTheRest() {
        Tokens tokens = redeem(select(alice.reach(request), "files:read"));
        TokenAssertion.assertThat(tokens)
                .isFor(McpRealm.SERVER_A)
                .hasScopes("files:read")
                .lacksScopes("files:write", "files:delete", "mcp:tools");
        assertThat(tokens.response().path("scope").asText())
                .contains("files:read")
                .doesNotContain("files:write");
        Tokens next = client.token(Form.of("grant_type", "refresh_token", "refresh_token", tokens.refresh())
                        .with("scope", ALL))
                .tokens();
        TokenAssertion.assertThat(next).hasScopes("files:read").lacksScopes("files:write", "files:delete");
        assertThat(new ChoicePage(alice, alice.reach(request)).offered())
                .containsExactly("files:delete", "files:write");
    }

    @Test
    void everythingSelectedIsRememberedAndNotAskedAgain() {
        Tokens tokens = redeem(select(alice.reach(request), "files:read", "files:write", "files:delete"));
        TokenAssertion.assertThat(tokens).hasScopes("files:read", "files:write", "files:delete");
        Page again = alice.open(request.uri());
        TokenAssertion.assertThat(client.redeem(request, again.answer()).tokens())
                .hasScopes("files:read", "files:write", "files:delete");
    }

    @Test
    void withThePageAsItIsSensitiveScopesAreLeftOut() {
        Tokens tokens = redeem(alice.accept(alice.reach(request)));
        TokenAssertion.assertThat(tokens).hasScopes("files:read", "files:write").lacksScopes("files:delete");
    }

    @Test
    void nothingSelectedIsANo() {
        AuthorizationReply reply = select(alice.reach(request)).answer();
        assertThat(reply.hasCode()).isFalse();
        ErrorAssertion.assertRefused(reply).hasError("access_denied");
        assertThat(alice.reach(request).isConsent()).isTrue();
    }

    @Test
    void aScopeThatThePageDidNotOfferCannotBeSelected() {
        AuthorizationRequest less = request.scope("files:read");
        Page page = select(alice.reach(less), "files:read", "files:delete", "offline_access");
        TokenAssertion.assertThat(client.redeem(less, page.answer()).tokens())
                .hasScopes("files:read")
                .lacksScopes("files:delete", "offline_access");
    }

    @Test
    void aDeviceGetsWhatWasSelected() {
        realm.clients().create("""
                        {"clientId": "tv", "publicClient": true, "consentRequired": true,
                         "redirectUris": ["http://127.0.0.1/callback"], "defaultClientScopes": ["basic", "mcp:tools"],
                         "optionalClientScopes": ["files:read", "files:write", "files:delete"],
                         "attributes": {"oauth2.device.authorization.grant.enabled": "true"}}
                        """);
        McpClient tv = McpClient.of(realm).identifiedBy("tv", null, ClientMetadata.LOOPBACK);
        Pkce pkce = Pkce.s256();
        JsonNode started = tv.post(
                        "device_authorization_endpoint",
                        Form.of("scope", ALL, "resource", McpRealm.SERVER_A)
                                .with("code_challenge", pkce.challenge())
                                .with("code_challenge_method", pkce.method()))
                .json();
        Page page =
                alice.open(URI.create(started.path("verification_uri_complete").asText()));
        select(page.isLogin() ? alice.logIn(page) : page, "files:write");
        Tokens tokens = tv.token(Form.of("grant_type", "urn:ietf:params:oauth:grant-type:device_code")
                        .with("code_verifier", pkce.verifier())
                        .with("device_code", started.path("device_code").asText()))
                .tokens();
        TokenAssertion.assertThat(tokens)
                .isFor(McpRealm.SERVER_A)
                .hasScopes("files:write")
                .lacksScopes("files:read", "files:delete", "mcp:tools");
    }

    private Tokens redeem(Page page) {
        return client.redeem(request, page.answer()).tokens();
    }

    private Page select(Page page, String... scopes) {
        return new ChoicePage(alice, page).select(scopes);
    }

    private static void declare(McpRealm realm, String name, String text, boolean sensitive) {
        realm.scopes().create("""
                {"name": "%s", "protocol": "openid-connect",
                 "attributes": {"include.in.token.scope": "true", "display.on.consent.screen": "true",
                   "consent.screen.text": "%s", "include.in.openid.provider.metadata": "true"},
                 "protocolMappers": [{"name": "MCP servers", "protocol": "openid-connect",
                   "protocolMapper": "mcp-resource-audience",
                   "config": {"mcp-servers": "%s", "server-scope": "true", "sensitive": "%s"}}]}
                """.formatted(name, text, McpRealm.SERVER_A, sensitive));
    }
}
