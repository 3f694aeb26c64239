package io.github.keycloakmcp.tests.integration.resource;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.integration.admin.Diagnosis;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakServer;
import io.github.keycloakmcp.tests.server.KeycloakServers;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.OtherExtension;
import io.github.keycloakmcp.tests.server.RealmTemplate;
import io.github.keycloakmcp.tests.server.ServerOptions;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

import static io.github.keycloakmcp.tests.integration.resource.RecordedRefusal.assertRecorded;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Another extension writes into tokens after this one. A token that it makes open more than was approved is refused; whatever else it
 * writes, and the tokens of clients without an MCP scope, are its own business. The log of the server is in JSON, with fields.
 */
@DisabledIfSystemProperty(named = "keycloak.url", matches = ".+", disabledReason = "starts a server of its own")
@DisabledIfSystemProperty(named = "server", matches = "container", disabledReason = "compiles against the distribution")
class OtherExtensionIT {

    /** Adds an audience for one client, a scope for another, a claim for a third and for all others. */
    private static final String SOURCE = """
            import org.keycloak.Config;
            import org.keycloak.models.KeycloakSession;
            import org.keycloak.models.KeycloakSessionFactory;
            import org.keycloak.protocol.oidc.token.TokenPostProcessor;
            import org.keycloak.protocol.oidc.token.TokenPostProcessorFactory;

            public class Tenant implements TokenPostProcessorFactory {
                public TokenPostProcessor create(KeycloakSession session) {
                    return context -> {
                        String client = context.clientSessionCtx().getClientSession().getClient().getClientId();
                        if (client.startsWith("widened")) {
                            context.accessToken().addAudience("https://tenant.example/mcp");
                        } else if (client.equals("more")) {
                            context.accessToken().setScope(context.accessToken().getScope() + " everything");
                        }
                        context.accessToken().setOtherClaims("tenant", "one");
                    };
                }
                public void init(Config.Scope config) {}
                public void postInit(KeycloakSessionFactory factory) {}
                public void close() {}
                public int order() { return -200; }
                public String getId() { return "tenant"; }
            }
            """;

    @Test
    void aTokenThatItMakesOpenMoreIsRefusedAndNothingElse() {
        ServerOptions options =
                ServerOptions.ofTestRun().named("other-extension").withArguments("--log-console-output=json");
        ServerOptions both = options.withProviders(
                options.providers().get(0),
                OtherExtension.jar("org.keycloak.protocol.oidc.token.TokenPostProcessorFactory", "Tenant", SOURCE));
        try (KeycloakServer server = KeycloakServers.start(both);
                McpRealm realm = McpRealm.create(
                        server,
                        RealmTemplate.read(TestSettings.realmConfig(), true).resolved(Map.of()),
                        "other-extension")) {
            assertThat(logged(server, "KCMCP-0008").path("message").asText()).contains("tenant");
            Diagnosis.of(realm, "").names("other-extension-interferes", "tenant");
            for (String changed : new String[] {"widened", "more"}) {
                realm.clearEvents();
                McpClient client = machine(realm, changed, "mcp:tools");
                ErrorAssertion.assertRefused(client.clientCredentials("", McpRealm.SERVER_A), 503)
                        .hasError("temporarily_unavailable")
                        .saying("another extension");
                assertRecorded(realm, "CLIENT_LOGIN_ERROR", "temporarily_unavailable", "another extension");
            }
            McpClient kept = machine(realm, "kept", "mcp:tools");
            TokenAssertion.assertThat(
                            kept.clientCredentials("", McpRealm.SERVER_A).tokens())
                    .isFor(McpRealm.SERVER_A);
            realm.setRegistration("forced-scopes", "nowhere");
            McpClient.of(realm).register(ClientMetadata.named("Late")).expect(503);
            assertThat(logged(server, "KCMCP-0003")
                            .path("mdc")
                            .path("mcp.realm")
                            .asText())
                    .isEqualTo(realm.name());
            McpClient other = machine(realm, "widened-without-mcp", "profile");
            TokenAssertion.assertThat(other.clientCredentials("").tokens()).isFor("https://tenant.example/mcp");
        }
    }

    /** The line with this number, which is a field of a log in JSON. */
    private static JsonNode logged(KeycloakServer server, String number) {
        return server.logLines().stream()
                .filter(line -> line.startsWith("{"))
                .map(Json::parse)
                .filter(line -> line.path("mdc").path("mcp.number").asText().equals(number))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + number + " in " + server.logLines()));
    }

    private static McpClient machine(McpRealm realm, String id, String scope) {
        realm.clients().create("""
                {"clientId": "%s", "secret": "secret-of-it", "serviceAccountsEnabled": true, "fullScopeAllowed": false,
                 "standardFlowEnabled": false, "defaultClientScopes": ["basic", "%s"], "optionalClientScopes": []}
                """.formatted(id, scope));
        return McpClient.of(realm).identifiedBy(id, "secret-of-it", "");
    }
}
