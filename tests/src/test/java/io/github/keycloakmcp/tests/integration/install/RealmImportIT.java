package io.github.keycloakmcp.tests.integration.install;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.AuthorizationServer;
import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakServer;
import io.github.keycloakmcp.tests.server.KeycloakServers;
import io.github.keycloakmcp.tests.server.ServerOptions;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** The realm file as an administrator uses it: imported by the server itself, with environment variables. */
@DisabledIfSystemProperty(named = "keycloak.url", matches = ".+", disabledReason = "starts a server of its own")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealmImportIT {

    private static final String SERVERS = "https://one.example/mcp##https://two.example/mcp";

    private final KeycloakServer server = KeycloakServers.start(ServerOptions.ofTestRun()
            .named("keycloak-import")
            .withRealms(TestSettings.realmConfig().resolve("mcp-realm.json"))
            .withEnvironment(Map.of("MCP_SERVERS", SERVERS, "MCP_TRUSTED_HOSTS", "one.example *.two.example")));
    private final AdminApi admin = new AdminApi(server);

    @BeforeAll
    void theFirstStartLogsNoError() {
        assertThat(server.logLines()).noneMatch(line -> line.contains(" ERROR ") || line.contains("KCMCP-"));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void environmentVariablesFillThePlaceholders() {
        assertThat(mapper().path("config").path("mcp-servers").asText()).isEqualTo(SERVERS);
        for (JsonNode policy : policies()) {
            assertThat(Json.texts(policy.path("config").path("trusted-hosts")))
                    .containsExactly("one.example *.two.example");
        }
    }

    @Test
    void placeholdersWithoutAVariableHaveTheirDefaults() {
        assertThat(mapper().path("config").path("default-mcp-server").asText()).isEmpty();
        assertThat(policies()).hasSize(2).allSatisfy(policy -> {
            JsonNode config = policy.path("config");
            assertThat(Json.texts(config.path("known-clients"))).containsExactly("*");
            assertThat(Json.texts(config.path("private-use-schemes"))).allMatch(String::isEmpty);
            assertThat(Json.texts(config.path("any-https-redirect"))).containsExactly("false");
            assertThat(Json.texts(config.path("allow-loopback"))).containsExactly("true");
            assertThat(Json.texts(config.path("allowed-origins"))).containsExactly("http://localhost:6274");
            assertThat(Json.texts(config.path("max-clients"))).containsExactly("10000");
            assertThat(Json.texts(config.path("forced-scopes"))).containsExactly("mcp:tools");
        });
        assertThat(admin.read("/mcp").toString()).doesNotContain("${MCP_");
    }

    @Test
    void theBuiltInScopesAreThereWithTheirMappers() {
        // A realm file with client scopes replaces Keycloak's own: each has to be what a new realm would have.
        JsonNode fresh = admin.read("/master/client-scopes");
        JsonNode imported = admin.read("/mcp/client-scopes");
        List<String> names = Entries.stream(fresh)
                .filter(scope -> scope.path("protocol").asText().equals("openid-connect"))
                .map(scope -> scope.path("name").asText())
                .toList();
        assertThat(names).hasSizeGreaterThan(10);
        for (String name : names) {
            assertThat(mappers(imported, name)).as(name).containsExactlyInAnyOrderElementsOf(mappers(fresh, name));
        }
        assertThat(mappers(imported, "mcp:tools")).containsExactly("mcp-resource-audience");
    }

    @Test
    void theRequiredActionsAreKeycloaksOwnAndOurs() {
        String path = "/authentication/required-actions";
        List<String> expected = new ArrayList<>(Entries.texts(admin.read("/master" + path), "alias"));
        expected.add("mcp-consent");
        JsonNode imported = admin.read("/mcp" + path);
        assertThat(Entries.texts(imported, "alias")).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(Entries.stream(imported)
                        .filter(action -> action.path("alias").asText().equals("mcp-consent")))
                .allMatch(action -> action.path("enabled").asBoolean())
                .hasSize(1);
    }

    @Test
    void sessionsAndTokensAreShortAndRefreshTokensRotate() {
        JsonNode realm = admin.read("/mcp");
        assertThat(realm.path("accessTokenLifespan").asInt()).isEqualTo(300);
        assertThat(realm.path("revokeRefreshToken").asBoolean()).isTrue();
        assertThat(realm.path("refreshTokenMaxReuse").asInt(-1)).isOne();
        assertThat(realm.path("offlineSessionMaxLifespanEnabled").asBoolean()).isTrue();
        assertThat(realm.path("offlineSessionMaxLifespan").asInt()).isEqualTo(7_776_000);
        assertThat(realm.path("bruteForceProtected").asBoolean()).isTrue();
        assertThat(realm.path("eventsEnabled").asBoolean()).isTrue();
    }

    @Test
    void theMetadataAdvertisesWhatEveryClientMayAskFor() {
        AuthorizationServer metadata = AuthorizationServer.discover(Http.plain(), issuer());
        assertThat(metadata.list("scopes_supported"))
                .containsExactlyInAnyOrder("openid", "profile", "email", "offline_access", "mcp:tools");
    }

    @Test
    void everyClientIsUnderTheMcpProfile() {
        JsonNode profile =
                admin.read("/mcp/client-policies/profiles").path("profiles").path(0);
        assertThat(profile.path("name").asText()).isEqualTo("mcp");
        assertThat(Entries.texts(profile.path("executors"), "executor"))
                .as("the guard sees what the others have made of a client")
                .containsExactly(
                        "mcp-client-id-metadata-document",
                        "mcp-resource",
                        "pkce-enforcer",
                        "reject-implicit-grant",
                        "mcp-client-guard");
        JsonNode policy =
                admin.read("/mcp/client-policies/policies").path("policies").path(0);
        assertThat(policy.path("enabled").asBoolean()).isTrue();
        assertThat(Entries.texts(policy.path("conditions"), "condition")).containsExactly("any-client");
        assertThat(Json.texts(policy.path("profiles"))).containsExactly("mcp");
    }

    @Test
    void aSecondStartFindsTheRealmAsItWas() {
        assumeThat(TestSettings.serverKind()).isEqualTo("distribution");
        JsonNode before = admin.read("/mcp/client-scopes");
        server.restart();
        assertThat(server.logLines()).noneMatch(line -> line.contains(" ERROR "));
        assertThat(admin.read("/mcp/client-scopes")).containsExactlyInAnyOrderElementsOf(before);
    }

    private URI issuer() {
        return URI.create(server.url() + "/realms/mcp");
    }

    private JsonNode mapper() {
        return Entries.named(admin.read("/mcp/client-scopes"), "mcp:tools")
                .path("protocolMappers")
                .path(0);
    }

    private List<JsonNode> policies() {
        return Entries.stream(admin.read("/mcp/components"))
                .filter(component -> component.path("providerId").asText().equals("mcp-client-registration"))
                .toList();
    }

    private static List<String> mappers(JsonNode scopes, String name) {
        return Entries.texts(Entries.named(scopes, name).path("protocolMappers"), "protocolMapper");
    }
}
