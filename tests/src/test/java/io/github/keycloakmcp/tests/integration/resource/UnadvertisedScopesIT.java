package io.github.keycloakmcp.tests.integration.resource;

import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What clients ask for as scope follows no rule; their tokens are bound whatever they ask for. */
@KeycloakTest
class UnadvertisedScopesIT {

    private final McpRealm realm;

    UnadvertisedScopesIT(McpRealm realm) {
        this.realm = realm;
    }

    @Test
    void aClientThatNeverNamesAScopeGetsABoundToken() {
        McpClient client = McpClient.of(realm).registered(ClientMetadata.named("Silent"));
        Tokens tokens =
                client.obtain(Browser.of("alice"), client.authorization().resource(McpRealm.SERVER_A));
        TokenAssertion.assertThat(tokens).isFor(McpRealm.SERVER_A).hasScopes("mcp:tools");
        TokenAssertion.assertThat(client.refresh(tokens.refresh()).tokens())
                .isFor(McpRealm.SERVER_A)
                .hasScopes("mcp:tools");
    }

    @Test
    void aClientThatNamesOtherScopesGetsABoundToken() {
        McpClient client =
                McpClient.of(realm).registered(ClientMetadata.named("Elsewhere").scope("openid email"));
        Tokens tokens = client.obtain(
                Browser.of("alice"),
                client.authorization().resource(McpRealm.SERVER_A).scope("openid email"));
        TokenAssertion.assertThat(tokens).isFor(McpRealm.SERVER_A).hasScopes("mcp:tools");
    }

    @Test
    void aClientMayAskForMoreThanItRegistered() {
        McpClient client =
                McpClient.of(realm).registered(ClientMetadata.named("More").scope("mcp:tools"));
        Tokens tokens = client.obtain(
                Browser.of("alice"),
                client.authorization().resource(McpRealm.SERVER_A).scope("mcp:tools offline_access openid"));
        TokenAssertion.assertThat(tokens).isFor(McpRealm.SERVER_A).hasScopes("mcp:tools", "offline_access", "openid");
        TokenAssertion.assertThat(client.refresh(tokens.refresh()).tokens()).isFor(McpRealm.SERVER_A);
    }

    @Test
    void everyAdvertisedScopeMayBeAskedFor() {
        McpClient client = McpClient.of(realm).registered(ClientMetadata.named("Everything"));
        var advertised = client.server().list("scopes_supported");
        assertThat(advertised).contains("openid", "mcp:tools", "offline_access");
        Tokens tokens = client.obtain(
                Browser.of("alice"),
                client.authorization().resource(McpRealm.SERVER_B).scope(String.join(" ", advertised)));
        TokenAssertion.assertThat(tokens).isFor(McpRealm.SERVER_B);
        assertThat(tokens.response().path("scope").asText().split(" ")).contains(advertised.toArray(String[]::new));
    }
}
