package io.github.keycloakmcp.tests.integration.resource;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.TokenReply;
import io.github.keycloakmcp.tests.integration.admin.Diagnosis;
import io.github.keycloakmcp.tests.server.DistributionKeycloak;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakServer;
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
 * Other extensions write into tokens before and after this one. What the first adds is taken out. A token that the second makes open more
 * than was approved is refused. Whatever else they write, and the tokens of clients without an MCP scope, are their own business. The log
 * of the server is in JSON, with fields.
 */
@DisabledIfSystemProperty(named = "keycloak.url", matches = ".+", disabledReason = "starts a server of its own")
@DisabledIfSystemProperty(named = "server", matches = "container", disabledReason = "compiles against the distribution")
class OtherExtensionIT {

    /** For clients named after it, adds an audience or a scope; for all clients, a claim. */
    private static final String SOURCE = """
            import org.keycloak.Config;
            import org.keycloak.models.KeycloakSession;
            import org.keycloak.models.KeycloakSessionFactory;
            import org.keycloak.protocol.oidc.token.TokenPostProcessor;
            import org.keycloak.protocol.oidc.token.TokenPostProcessorFactory;

            public class %1$s implements TokenPostProcessorFactory {
                public TokenPostProcessor create(KeycloakSession session) {
                    return context -> {
                        String client = context.clientSessionCtx().getClientSession().getClient().getClientId();
                        if (client.startsWith("%1$s-widened")) {
                            context.accessToken().addAudience("https://tenant.example/mcp");
                        } else if (client.equals("%1$s-more")) {
                            context.accessToken().setScope(context.accessToken().getScope() + " everything");
                        }
                        context.accessToken().setOtherClaims("tenant", "one");
                    };
                }
                public void init(Config.Scope config) {}
                public void postInit(KeycloakSessionFactory factory) {}
                public void close() {}
                public int order() { return %2$d; }
                public String getId() { return "%1$s"; }
            }
            """;

    /** Their order counts since Keycloak 26.7; before, each may run before or after this one. */
    private static final boolean ORDERED = !TestSettings.keycloakVersion().startsWith("26.6.");

    @Test
    void aTokenThatItMakesOpenMoreIsRefusedAndNothingElse() {
        ServerOptions options = ServerOptions.ofTestRun()
                .named("other-extension")
                .withArguments("--log-console-output=json", "--metrics-enabled=true");
        ServerOptions all = options.withProviders(options.providers().get(0), jar("Early", 0), jar("Tenant", -200));
        try (DistributionKeycloak server = DistributionKeycloak.start(all);
                McpRealm realm = McpRealm.create(
                        server,
                        RealmTemplate.read(TestSettings.realmConfig(), true).resolved(Map.of()),
                        "other-extension")) {
            assertThat(logged(server, "KCMCP-0008").path("message").asText())
                    .contains("Tenant")
                    .doesNotContain("Early");
            Diagnosis.of(realm, "").names("other-extension-interferes", "Tenant");
            int issued = 1;
            for (String changed : List.of("Early-widened", "Early-more", "Tenant-widened", "Tenant-more")) {
                realm.clearEvents();
                TokenReply reply = machine(realm, changed, "mcp:tools").clientCredentials("", McpRealm.SERVER_A);
                if (ORDERED ? changed.startsWith("Early") : reply.issued()) {
                    TokenAssertion.assertThat(reply.tokens())
                            .isFor(McpRealm.SERVER_A)
                            .hasScopes("mcp:tools")
                            .lacksScopes("everything");
                    issued++;
                } else {
                    ErrorAssertion.assertRefused(reply, 503)
                            .hasError("temporarily_unavailable")
                            .saying("another extension");
                    assertRecorded(realm, "CLIENT_LOGIN_ERROR", "temporarily_unavailable", "another extension");
                }
            }
            McpClient kept = machine(realm, "kept", "mcp:tools");
            TokenAssertion.assertThat(
                            kept.clientCredentials("", McpRealm.SERVER_A).tokens())
                    .isFor(McpRealm.SERVER_A)
                    .hasClaim("tenant", "one");
            assertThat(Http.plain().get(server.management().resolve("/metrics")).body())
                    .as("a refused token is not issued")
                    .contains("keycloak_mcp_tokens_total{grant=\"client_credentials\",realm=\"" + realm.name() + "\"} "
                            + issued + ".0");
            realm.setRegistration("forced-scopes", "nowhere");
            McpClient.of(realm).register(ClientMetadata.named("Late")).expect(503);
            assertThat(logged(server, "KCMCP-0003")
                            .path("mdc")
                            .path("mcp.realm")
                            .asText())
                    .isEqualTo(realm.name());
            McpClient other = machine(realm, "Tenant-widened-without-mcp", "profile");
            TokenAssertion.assertThat(other.clientCredentials("").tokens()).isFor("https://tenant.example/mcp");
        }
    }

    private static Path jar(String name, int order) {
        return OtherExtension.jar(
                "org.keycloak.protocol.oidc.token.TokenPostProcessorFactory", name, SOURCE.formatted(name, order));
    }

    /** The line with this number, which is a field of a log in JSON. */
    private static JsonNode logged(KeycloakServer server, String number) {
        return server.logLines().stream()
                // The last line may be half written.
                .filter(line -> line.startsWith("{") && line.endsWith("}"))
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
