package io.github.keycloakmcp.tests.integration.resource;

import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.cost.RealmWithout;
import io.github.keycloakmcp.tests.integration.admin.Diagnosis;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakServer;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.RealmTemplate;
import io.github.keycloakmcp.tests.server.SharedServers;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keycloak's own resource indicators are on: clients that use them find them unchanged, in a realm without MCP and in an MCP
 * realm, and the tokens of MCP clients are bound by this extension.
 */
@DisabledIfSystemProperty(named = "keycloak.url", matches = ".+", disabledReason = "starts a server of its own")
@ExtendWith(SharedServers.class)
@ResourceLock(SharedServers.OTHER_OPTIONS)
class UpstreamIndicatorsIT {

    private static final String API = "https://api.example/orders";
    private static final String NOT_BOUND = "https://api.example/other";

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClientOfKeycloaksFeatureHasItUnchanged(boolean mcp, KeycloakServer server) {
        ObjectNode shipped =
                RealmTemplate.read(TestSettings.realmConfig(), true).resolved(Map.of());
        ObjectNode wanted = mcp ? shipped : RealmWithout.product(shipped, "https://any.example");
        try (McpRealm realm = McpRealm.create(server, wanted, mcp ? "indicators-mcp" : "indicators")) {
            makeClients(realm);
            McpClient client = McpClient.of(realm).identifiedBy("caller", null, ClientMetadata.LOOPBACK);
            Tokens tokens =
                    client.obtain(Browser.of("alice"), client.authorization().resource(API));
            TokenAssertion.assertThat(tokens).isFor(API);
            Tokens next = client.refresh(tokens.refresh(), API).tokens();
            TokenAssertion.assertThat(next).isFor(API);
            ErrorAssertion.assertRefused(client.refresh(next.refresh(), NOT_BOUND), 400)
                    .hasError("invalid_target")
                    .saying("not matching the original request");
            TokenAssertion.assertThat(client.obtain(Browser.of("alice"), client.authorization()))
                    .isFor("api", "other");
            McpClient bare = McpClient.of(realm).identifiedBy("bare", "secret-of-bare", "");
            ErrorAssertion.assertRefused(bare.clientCredentials("profile", API), 400)
                    .hasError("invalid_target");
            assertThat(bare.clientCredentials("profile").issued()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mcp:tools", "mcp:tools offline_access"})
    void anMcpClientIsBoundBesideThem(String scope, KeycloakServer server) {
        ObjectNode shipped =
                RealmTemplate.read(TestSettings.realmConfig(), true).resolved(Map.of());
        try (McpRealm realm = McpRealm.create(server, shipped, "indicators-bound")) {
            makeClients(realm);
            McpClient client = McpClient.of(realm).registered(ClientMetadata.named("Beside"));
            Tokens tokens = client.obtain(
                    Browser.of("alice"),
                    client.authorization().resource(McpRealm.SERVER_A).scope(scope));
            TokenAssertion.assertThat(tokens).isFor(McpRealm.SERVER_A);
            TokenAssertion.assertThat(client.refresh(tokens.refresh()).tokens()).isFor(McpRealm.SERVER_A);
            assertThat(Browser.of("alice")
                            .open(client.authorization().resource(API).uri())
                            .answer()
                            .error())
                    .contains("invalid_target");
            Diagnosis.of(realm, "").names("upstream-resource-indicators-on");
            assertThat(Json.texts(realm.read("/mcp").path("upstreamFeatures")))
                    .containsExactly("cimd", "resource-indicators");
        }
    }

    /** A client of which each token has two other clients in its audience; one of them has the URL that it requests. */
    private static void makeClients(McpRealm realm) {
        realm.clients().create("""
                {"clientId": "api", "bearerOnly": true, "attributes": {"resource_url": "%s"}}""".formatted(API));
        realm.clients().create("{\"clientId\": \"other\", \"bearerOnly\": true}");
        realm.clients().create("""
                {"clientId": "bare", "secret": "secret-of-bare", "serviceAccountsEnabled": true, "fullScopeAllowed": false,
                 "defaultClientScopes": ["basic"], "optionalClientScopes": ["profile"]}""");
        realm.clients().create("""
                {"clientId": "caller", "publicClient": true, "redirectUris": ["%s"], "fullScopeAllowed": false,
                 "defaultClientScopes": ["basic", "profile"], "optionalClientScopes": [],
                 "protocolMappers": [%s, %s]}
                """.formatted(ClientMetadata.LOOPBACK, audience("api"), audience("other")));
    }

    private static String audience(String client) {
        return """
                {"name": "%1$s", "protocol": "openid-connect", "protocolMapper": "oidc-audience-mapper",
                 "config": {"included.client.audience": "%1$s", "access.token.claim": "true"}}""".formatted(client);
    }
}
