package io.github.keycloakmcp.tests.integration.admin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Pkce;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static io.github.keycloakmcp.tests.integration.admin.StockRealm.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

/** Each symptom that a server can see: it is provoked, and diagnosis names its cause and the fix. */
@KeycloakTest(demo = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DiagnosisIT {

    private McpRealm realm;

    @BeforeAll
    void make(McpRealm neighbour) {
        realm = StockRealm.create(neighbour.server(), neighbour.name() + "-stock");
    }

    @AfterAll
    void remove() {
        realm.close();
    }

    @BeforeEach
    void enable() {
        realm.put("/mcp", "{\"servers\": [\"" + SERVER + "\"], \"defaultServer\": \"\", \"maxClients\": 10000}");
        realm.clearEvents();
    }

    @Test
    void anEnabledRealmIsInOrder() {
        JsonNode answer = realm.read("/mcp/diagnosis?resource=" + SERVER + "&client=vscode");
        assertThat(answer.path("ok").asBoolean()).as(answer.toPrettyString()).isTrue();
        assertThat(ids(answer)).contains("resource-declared", "client-would-register");
        assertThat(answer.path("issuer").asText()).isEqualTo(realm.issuer().toString());
    }

    @Test
    void everyClientIsAnsweredHostNotTrusted() {
        realm.delete("/mcp");
        ErrorAssertion.assertRefused(McpClient.of(realm).register(ClientMetadata.named("VS Code")), 403)
                .saying("Trusted Hosts");
        JsonNode answer = diagnose("?client=vscode");
        assertThat(finding(answer, "registration-policy-refuses").path("what").asText())
                .contains("Trusted Hosts", "Max Clients Limit", "Allowed Client Scopes");
        assertThat(finding(answer, "registration-policy-refuses").path("fix").asText())
                .contains("PUT");
        assertThat(ids(answer)).contains("registration-not-managed", "client-would-be-refused", "not-enforced");
        assertThat(answer.path("refusals").findValuesAsText("id")).contains("registration-policy-refuses");
    }

    @Test
    void aTokenIsForAFixedServer() {
        realm.scopes().create("""
                {"name": "tutorial", "protocol": "openid-connect", "protocolMappers": [{"name": "aud",
                  "protocol": "openid-connect", "protocolMapper": "oidc-audience-mapper",
                  "config": {"included.custom.audience": "http://localhost:3000", "access.token.claim": "true"}}]}
                """);
        assertThat(finding(diagnose(""), "hard-coded-audience").path("what").asText())
                .contains("tutorial/aud");
        realm.delete(realm.scopes().path("tutorial"));
    }

    @Test
    void anUnknownResourceIsAnsweredInvalidTarget() {
        String unknown = "https://unknown.example/mcp";
        McpClient client = McpClient.of(realm).registered(ClientMetadata.unique("Lost"));
        ErrorAssertion.assertRefused(Browser.of("alice")
                        .open(client.authorization()
                                .resource(unknown)
                                .scope("mcp:tools")
                                .uri())
                        .answer())
                .hasError("invalid_target");
        JsonNode answer = diagnose("?resource=" + unknown);
        assertThat(finding(answer, "resource-unknown").path("fix").asText()).contains(SERVER);
        assertThat(answer.path("refusals").path(0).path("id").asText()).isEqualTo("resource-unknown");
        assertThat(ids(diagnose("?resource=" + SERVER + "/"))).contains("resource-spelled-differently");
        assertThat(ids(diagnose("?resource=" + SERVER + "%23part"))).contains("resource-malformed");
    }

    @Test
    void aClientThatSendsNoResourceIsAnsweredInvalidTarget() {
        McpClient client = McpClient.of(realm).registered(ClientMetadata.unique("Silent"));
        ErrorAssertion.assertRefused(Browser.of("alice")
                        .open(client.authorization().scope("mcp:tools").uri())
                        .answer())
                .hasError("invalid_target");
        assertThat(finding(diagnose(""), "no-default-server").path("fix").asText())
                .contains("defaultServer");
        realm.put("/mcp", "{\"servers\": []}");
        assertThat(ids(diagnose(""))).contains("no-servers");
    }

    @Test
    void aClientWithoutTheScopeIsAnsweredInvalidScope() {
        McpClient intranet = McpClient.of(realm).identifiedBy("intranet", null, StockRealm.CALLBACK);
        ErrorAssertion.assertRefused(Browser.of("alice")
                        .open(intranet.authorization()
                                .resource(SERVER)
                                .scope("mcp:tools")
                                .uri())
                        .answer())
                .hasError("invalid_scope");
        JsonNode answer = diagnose("?client=intranet");
        assertThat(finding(answer, "client-without-mcp-scope").path("fix").asText())
                .contains("mcp:tools");
        assertThat(answer.path("refusals").path(0).path("id").asText()).isEqualTo("scope-not-assigned");
        assertThat(ids(diagnose("?client=nobody"))).contains("client-unknown");
    }

    @Test
    void anAddressThatIsNotTrustedIsRefused() {
        ErrorAssertion.assertRefused(
                        McpClient.of(realm)
                                .register(ClientMetadata.named("Elsewhere").redirects("https://elsewhere.example/cb")),
                        400)
                .hasError("invalid_redirect_uri");
        assertThat(diagnose("").path("refusals").path(0).path("id").asText()).isEqualTo("redirect-refused");
        realm.put("/mcp", "{\"knownClients\": []}");
        assertThat(finding(diagnose("?client=claude"), "client-would-be-refused")
                        .path("fix")
                        .asText())
                .contains("claude", "trustedHosts");
        realm.put("/mcp", "{\"knownClients\": [\"*\"]}");
    }

    @Test
    void aFullRealmTakesNobody() {
        McpClient.of(realm).registered(ClientMetadata.unique("The last one"));
        realm.put("/mcp", "{\"maxClients\": 1}");
        ErrorAssertion.assertRefused(McpClient.of(realm).register(ClientMetadata.unique("One too many")), 403);
        JsonNode answer = diagnose("");
        assertThat(ids(answer)).contains("realm-is-full");
        assertThat(answer.path("refusals").path(0).path("id").asText()).isEqualTo("realm-is-full");
    }

    @Test
    void aClientWithoutPkceIsRefused() {
        McpClient client = McpClient.of(realm).registered(ClientMetadata.unique("Careless"));
        ErrorAssertion.assertRefused(Browser.of("alice")
                .open(client.authorization().pkce(Pkce.none()).resource(SERVER).uri())
                .answer());
        assertThat(diagnose("").path("refusals").path(0).path("id").asText()).isEqualTo("pkce-missing");
    }

    @Test
    void aScopeThatWasRemovedStopsEveryRegistration() {
        realm.delete(realm.scopes().path("mcp:tools"));
        ErrorAssertion.assertRefused(McpClient.of(realm).register(ClientMetadata.unique("Early")), 503);
        assertThat(ids(diagnose(""))).contains("forced-scope-missing", "set-up-incomplete", "no-servers");
    }

    @Test
    void settingsThatAreLessSafeAreNamed() {
        realm.update("{\"accessTokenLifespan\": 7200, \"revokeRefreshToken\": false, \"eventsEnabled\": false}");
        assertThat(ids(diagnose(""))).contains("long-access-tokens", "no-rotation", "no-events");
        realm.update("{\"accessTokenLifespan\": 240, \"revokeRefreshToken\": true, \"eventsEnabled\": true}");
        assertThat(ids(diagnose(""))).contains("strict-rotation").doesNotContain("long-access-tokens", "no-events");
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
            assertThat(ids(diagnose(query))).contains("metadata-unreadable");
            published[0] =
                    "{\"resource\": \"" + resource + "/\", \"authorization_servers\": [\"https://other.example\"],"
                            + "\"scopes_supported\": [\"mcp:tools\", \"unheard-of\"]}";
            assertThat(ids(diagnose(query)))
                    .contains("metadata-resource-differs", "metadata-issuer-differs", "metadata-scope-unknown");
            published[0] = "{\"resource\": \"" + resource + "\", \"authorization_servers\": [\"" + realm.issuer()
                    + "\"], \"scopes_supported\": [\"mcp:tools\"]}";
            assertThat(ids(diagnose(query))).contains("metadata-fits");
        } finally {
            server.stop(0);
        }
    }

    private JsonNode diagnose(String query) {
        return realm.read("/mcp/diagnosis" + query);
    }

    private static List<String> ids(JsonNode answer) {
        return answer.path("findings").findValuesAsText("id");
    }

    private static ObjectNode finding(JsonNode answer, String id) {
        return (ObjectNode) answer.path("findings").findParents("id").stream()
                .filter(finding -> finding.path("id").asText().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + id + " in " + answer.toPrettyString()));
    }
}
