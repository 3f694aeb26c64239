package io.github.keycloakmcp.tests.integration.resource;

import io.github.keycloakmcp.tests.client.AuthorizationReply;
import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients of the same realm that have nothing to do with MCP notice nothing, until they ask for the MCP scope. */
@KeycloakTest
class NonMcpClientIT {

    private static final String API = "https://api.example/orders";

    private final McpRealm realm;
    private final McpClient stranger;
    private final McpClient both;

    NonMcpClientIT(McpRealm realm) {
        this.realm = realm;
        this.stranger = McpClient.of(realm).identifiedBy("stranger", null, ClientMetadata.LOOPBACK);
        this.both = McpClient.of(realm).identifiedBy("both", null, ClientMetadata.LOOPBACK);
    }

    @BeforeAll
    static void makeClients(McpRealm realm) {
        make(realm, "stranger", "");
        make(realm, "both", "\"mcp:tools\"");
    }

    @Test
    void withoutResourceTheAudienceIsUntouched() {
        Tokens tokens = stranger.obtain(Browser.of("alice"), stranger.authorization());
        TokenAssertion.assertThat(tokens).isFor(API).lacksScopes("mcp:tools");
        TokenAssertion.assertThat(stranger.refresh(tokens.refresh()).tokens()).isFor(API);
    }

    /** Keycloak ignores the parameter, unless its own feature is on: then it refuses what is no client of the realm. */
    @ParameterizedTest
    @ValueSource(strings = {McpRealm.SERVER_A, "https://elsewhere.example/api"})
    void withResourceTheAudienceIsAsKeycloakMakesIt(String resource) {
        AuthorizationRequest request = stranger.authorization().resource(resource);
        if (realm.hasUpstreamFeature("resource-indicators")) {
            ErrorAssertion.assertRefused(
                            stranger.redeem(request, Browser.of("alice").authorize(request)), 400)
                    .hasError("invalid_target");
            return;
        }
        Tokens tokens = stranger.obtain(Browser.of("alice"), request);
        TokenAssertion.assertThat(tokens).isFor(API);
        TokenAssertion.assertThat(stranger.refresh(tokens.refresh(), resource).tokens())
                .isFor(API);
    }

    @Test
    void aClientThatMayUseTheMcpScopeIsLeftAloneUntilItDoes() {
        Tokens tokens = both.obtain(Browser.of("alice"), both.authorization());
        TokenAssertion.assertThat(tokens).isFor(API);
    }

    @Test
    void withTheMcpScopeTheServerReplacesEveryOtherAudience() {
        Tokens tokens = both.obtain(
                Browser.of("alice"),
                both.authorization().resource(McpRealm.SERVER_A).scope("mcp:tools"));
        TokenAssertion.assertThat(tokens).isFor(McpRealm.SERVER_A);
        TokenAssertion.assertThat(both.refresh(tokens.refresh()).tokens()).isFor(McpRealm.SERVER_A);
    }

    @Test
    void aClientWithoutTheMcpScopeCannotAskForIt() {
        AuthorizationRequest request =
                stranger.authorization().resource(McpRealm.SERVER_A).scope("mcp:tools");
        AuthorizationReply answer = Browser.of("alice").open(request.uri()).answer();
        ErrorAssertion.assertRefused(answer).hasError("invalid_scope");
    }

    private static void make(McpRealm realm, String clientId, String optionalScopes) {
        realm.clients().create("""
                        {"clientId": "%s", "publicClient": true, "redirectUris": ["%s"], "fullScopeAllowed": false,
                         "defaultClientScopes": ["basic", "profile"], "optionalClientScopes": [%s],
                         "protocolMappers": [{"name": "api", "protocol": "openid-connect",
                           "protocolMapper": "oidc-audience-mapper",
                           "config": {"included.custom.audience": "%s", "access.token.claim": "true"}}]}
                        """.formatted(clientId, ClientMetadata.LOOPBACK, optionalScopes, API));
    }
}
