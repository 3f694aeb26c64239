package io.github.keycloakmcp.tests.integration.admin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.github.keycloakmcp.tests.integration.admin.StockRealm.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

/** What diagnosis says of a realm and its server, before any client was refused. */
@KeycloakTest(demo = false)
class DiagnosisIT extends InStockRealm {

    @BeforeEach
    void enable() {
        realm.put("/mcp", "{\"servers\": [\"" + SERVER + "\"], \"defaultServer\": \"\", \"maxClients\": 10000}");
        realm.clearEvents();
    }

    @Test
    void anEnabledRealmIsInOrder() {
        Diagnosis diagnosis = diagnose("?resource=" + SERVER + "&client=vscode")
                .names("resource-declared", SERVER)
                .names("client-would-register")
                .names("client-would-log-in", SERVER);
        JsonNode answer = diagnosis.answer();
        assertThat(answer.path("ok").asBoolean()).as(answer.toPrettyString()).isTrue();
        assertThat(answer.path("issuer").asText()).isEqualTo(realm.issuer().toString());
    }

    @Test
    void anAliasIsAServer() {
        String alias = "https://old.example.com/mcp";
        mapper(config -> config.put("mcp-server-aliases", alias + " " + SERVER));
        diagnose("?resource=" + alias)
                .names("resource-spelled-differently", SERVER)
                .namesNone("resource-unknown");
        mapper(config -> config.put("mcp-server-aliases", ""));
        diagnose("?resource=" + alias).names("resource-unknown");
    }

    /** This server does not let clients be searched by their resource URL, so no client can be a server by itself. */
    @Test
    void clientsAreNoServersWhereTheyCannotBeSearched() {
        mapper(config -> config.put("mcp-servers", "").put("include-clients", "true"));
        diagnose("").names("no-servers");
        mapper(config -> config.put("include-clients", "false"));
    }

    @Test
    void aRoleOnTheScopeIsNamed() {
        String roles = realm.scopes().path("mcp:tools") + "/scope-mappings/realm";
        JsonNode role = realm.read("/roles/offline_access");
        AdminApi.succeeded("POST", roles, realm.post(roles, "[" + role + "]"));
        diagnose("").names("role-on-mcp-scope", "mcp:tools").namesNone("no-roles");
        realm.delete(realm.scopes().path("mcp:tools")); // the next test makes it anew
    }

    @Test
    void enablingAndLeavingWarnBeforeTheyAreDone() {
        realm.update("{\"loginTheme\": \"keycloak.v2\"}");
        McpClient.of(realm).register(ClientMetadata.unique("Left behind"));
        Diagnosis.warnings(realm.put("/mcp?dryRun=true", "{}")).names("other-consent-page", "Login theme mcp");
        Diagnosis.warnings(realm.delete("/mcp?dryRun=true")).names("clients-left", "DELETE …/mcp/clients");
        realm.update("{\"loginTheme\": \"mcp\"}");
        Diagnosis.warnings(realm.put("/mcp", "{}"))
                .namesNone("other-consent-page", "offline-role-missing", "scope-kept");
    }

    @Test
    void settingsThatAreLessSafeAreNamed() {
        realm.update("{\"accessTokenLifespan\": 7200, \"revokeRefreshToken\": false, \"eventsEnabled\": false}");
        diagnose("")
                .names("long-access-tokens", "7200", "Access token lifespan")
                .names("no-rotation", "Revoke refresh token")
                .names("no-events", "Save events");
        realm.update("{\"accessTokenLifespan\": 240, \"revokeRefreshToken\": true, \"eventsEnabled\": true}");
        diagnose("").names("strict-rotation", "max reuse: 1").namesNone("long-access-tokens", "no-events");
    }

    @Test
    void aProxyThatNobodyBelievesIsNamed() {
        StockRealm.grant(realm, "viewer", "view-realm", "view-clients");
        Http viewer = StockRealm.administrator(realm, "viewer")
                .with("X-Forwarded-Host", "sso.example.com")
                .with("X-Forwarded-Proto", "https");
        URI diagnosis = URI.create(realm.server().url() + "/admin/realms/" + realm.name() + "/mcp/diagnosis");
        Diagnosis.of(viewer.get(diagnosis).body())
                .names(
                        "proxy-not-trusted",
                        "https://sso.example.com",
                        realm.issuer().toString(),
                        "proxy-headers");
    }

    @Test
    void whatAnMcpServerPublishesIsCompared() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String resource = "http://localhost:" + server.getAddress().getPort() + "/mcp";
        String[] published = {""};
        server.createContext("/.well-known/oauth-protected-resource/mcp", exchange -> {
            byte[] body = published[0].getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(body.length == 0 ? 404 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            realm.put("/mcp", "{\"servers\": [\"" + resource + "\"]}");
            String query = "?metadata=true&resource=" + resource;
            diagnose(query).names("metadata-unreadable");
            published[0] =
                    "{\"resource\": \"" + resource + "/\", \"authorization_servers\": [\"https://other.example\"],"
                            + "\"scopes_supported\": [\"mcp:tools\", \"unheard-of\"]}";
            diagnose(query)
                    .names("metadata-resource-differs", resource)
                    .names("metadata-issuer-differs", "https://other.example")
                    .names("metadata-scope-unknown", "unheard-of");
            published[0] = "{\"resource\": \"" + resource + "\", \"authorization_servers\": [\"" + realm.issuer()
                    + "\"], \"scopes_supported\": [\"mcp:tools\"]}";
            diagnose(query).names("metadata-fits");
        } finally {
            server.stop(0);
        }
    }

    private void mapper(Consumer<ObjectNode> change) {
        realm.scopes()
                .editMapper(
                        "mcp:tools", "mcp-resource-audience", mapper -> change.accept(mapper.withObject("/config")));
    }

    private Diagnosis diagnose(String query) {
        return Diagnosis.of(realm, query);
    }
}
