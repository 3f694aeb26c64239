package io.github.keycloakmcp.tests.integration.resource;

import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.TokenReply;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.keycloakmcp.tests.integration.resource.RecordedRefusal.assertRecorded;

/** A refresh token whose server is gone, or which never had one, is over: the client has to authorize again. */
@KeycloakTest
class LostBindingIT {

    private final McpRealm realm;
    private final Catalogue catalogue;
    private final McpClient client;

    LostBindingIT(McpRealm realm) {
        this.realm = realm;
        this.catalogue = new Catalogue(realm);
        this.client = McpClient.of(realm).registered(ClientMetadata.named("Loser"));
    }

    @BeforeEach
    void clearEvents() {
        realm.clearEvents();
    }

    @AfterEach
    void declareBoth() {
        catalogue.declare(McpRealm.SERVER_A, McpRealm.SERVER_B);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mcp:tools", "mcp:tools offline_access"})
    void aServerTakenOutOfTheCatalogueTakesItsGrantsAlong(String scope) {
        Tokens tokens = client.obtain(
                Browser.of("alice"),
                client.authorization().resource(McpRealm.SERVER_A).scope(scope));
        catalogue.declare(McpRealm.SERVER_B);
        assertOver(client.refresh(tokens.refresh()), "no longer available");
        assertOver(client.refresh(tokens.refresh(), McpRealm.SERVER_A), "no longer available");
        assertOver(client.refresh(tokens.refresh(), McpRealm.SERVER_B), "no longer available");
    }

    @Test
    void theGrantsOfAServerThatStaysAreLeftAlone() {
        Tokens tokens =
                client.obtain(Browser.of("alice"), client.authorization().resource(McpRealm.SERVER_B));
        catalogue.declare(McpRealm.SERVER_B);
        TokenAssertion.assertThat(client.refresh(tokens.refresh()).tokens()).isFor(McpRealm.SERVER_B);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mcp:tools", "mcp:tools offline_access"})
    void aRefreshTokenFromBeforeTheMapperIsRefused(String scope) {
        Tokens tokens = catalogue.without(() -> obtainWithoutMapper(scope));
        TokenAssertion.assertThat(tokens).isForNobody();
        assertOver(client.refresh(tokens.refresh()), "not for an MCP server");
        assertOver(client.refresh(tokens.refresh(), McpRealm.SERVER_A), "not for an MCP server");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mcp:tools", "mcp:tools offline_access"})
    void aRefreshTokenFromBeforeTheMapperIsBoundToTheDefaultServerWhereThatIsWanted(String scope) {
        catalogue.set("default-mcp-server", McpRealm.SERVER_B);
        catalogue.set("legacy-refresh-tokens", "bind-to-default");
        try {
            AuthorizationRequest request = client.authorization().scope(scope);
            Tokens tokens = catalogue.without(() -> client.obtain(Browser.of("alice"), request));
            ErrorAssertion.assertRefused(client.refresh(tokens.refresh(), McpRealm.SERVER_A), 400)
                    .hasError("invalid_target");
            Tokens next = client.refresh(tokens.refresh()).tokens();
            TokenAssertion.assertThat(next).isFor(McpRealm.SERVER_B);
            catalogue.set("legacy-refresh-tokens", "reject");
            TokenAssertion.assertThat(client.refresh(next.refresh()).tokens()).isFor(McpRealm.SERVER_B);
        } finally {
            catalogue.set("legacy-refresh-tokens", "reject");
            catalogue.set("default-mcp-server", "");
        }
    }

    @Test
    void aBoundGrantIsOverWhereTheMapperIsTakenAway() {
        Tokens tokens =
                client.obtain(Browser.of("alice"), client.authorization().resource(McpRealm.SERVER_A));
        assertOver(catalogue.without(() -> client.refresh(tokens.refresh())), "no longer available");
    }

    @Test
    void aRefreshThatAsksForLessThanTheMcpScopeDoesNotFreeTheAudienceAndCostsNothing() {
        realm.clients().create("""
                        {"clientId": "narrowing", "publicClient": true, "redirectUris": ["%s"],
                         "defaultClientScopes": ["basic", "profile"], "optionalClientScopes": ["mcp:tools"]}
                        """.formatted(ClientMetadata.LOOPBACK));
        McpClient narrowing = McpClient.of(realm).identifiedBy("narrowing", null, ClientMetadata.LOOPBACK);
        Tokens tokens = narrowing.obtain(
                Browser.of("alice"),
                narrowing.authorization().resource(McpRealm.SERVER_A).scope("openid mcp:tools"));
        TokenAssertion.assertThat(tokens).isFor(McpRealm.SERVER_A);
        assertOver(
                narrowing.token(
                        Form.of("grant_type", "refresh_token", "refresh_token", tokens.refresh(), "scope", "openid")),
                "no longer available");
        TokenAssertion.assertThat(narrowing.refresh(tokens.refresh()).tokens()).isFor(McpRealm.SERVER_A);
    }

    /** Keycloak ignores the parameter, unless its own feature is on: then it refuses a server that is no client of the realm. */
    private Tokens obtainWithoutMapper(String scope) {
        AuthorizationRequest without = client.authorization().scope(scope);
        AuthorizationRequest request = without.resource(McpRealm.SERVER_A);
        if (!realm.hasUpstreamFeature("resource-indicators")) {
            return client.obtain(Browser.of("alice"), request);
        }
        ErrorAssertion.assertRefused(client.redeem(request, Browser.of("alice").authorize(request)), 400)
                .hasError("invalid_target");
        return client.obtain(Browser.of("alice"), without);
    }

    private void assertOver(TokenReply reply, String why) {
        ErrorAssertion.assertRefused(reply, 400).hasError("invalid_grant").saying(why, "authorize again");
        assertRecorded(realm, "REFRESH_TOKEN_ERROR", "invalid_grant", why);
        realm.clearEvents();
    }
}
