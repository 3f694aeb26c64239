package io.github.keycloakmcp.tests.integration.admin;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Pkce;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.restassured.response.Response;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.github.keycloakmcp.tests.integration.admin.StockRealm.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

/** One call makes a realm that exists an MCP realm, and one call takes everything out again. */
@KeycloakTest
class SetUpIT extends InStockRealm {

    private static final String DOCUMENT = "{\"servers\": [\"" + SERVER + "\"]}";

    private McpRealm imported;

    @BeforeAll
    void make(McpRealm neighbour) {
        imported = neighbour;
    }

    @BeforeEach
    void leave() {
        AdminApi.succeeded("DELETE", "/mcp", realm.delete("/mcp"));
    }

    @Test
    void enablingAndLeavingGivesBackTheRealmAsItWas() {
        JsonNode before = StockRealm.export(realm);
        StockRealm.theOldApplicationStillWorks(realm);

        JsonNode planned = changes(realm.put("/mcp?dryRun=true", DOCUMENT));
        assertThat(StockRealm.export(realm)).isEqualTo(before);
        JsonNode made = changes(realm.put("/mcp", DOCUMENT));
        assertThat(made).isEqualTo(planned).isNotEmpty();
        StockRealm.theOldApplicationStillWorks(realm);
        assertThat(changes(realm.put("/mcp", DOCUMENT))).isEmpty();

        McpClient client = McpClient.of(realm).registered(ClientMetadata.unique("Newcomer"));
        Tokens tokens = client.obtain(
                Browser.of("alice"), client.authorization().resource(SERVER).scope("mcp:tools"));
        TokenAssertion.assertThat(tokens).isFor(SERVER);
        TokenAssertion.assertThat(client.refresh(tokens.refresh()).tokens()).isFor(SERVER);
        StockRealm.theOldApplicationStillWorks(realm);
        assertThat(changes(realm.put("/mcp", DOCUMENT))).isEmpty();

        AdminApi.succeeded("DELETE", "/mcp/clients", realm.delete("/mcp/clients?vendor=loopback"));
        assertThat(changes(realm.delete("/mcp?dryRun=true"))).isEqualTo(changes(realm.delete("/mcp")));
        StockRealm.theOldApplicationStillWorks(realm);
        assertThat(StockRealm.export(realm)).isEqualTo(before);
        assertThat(changes(realm.delete("/mcp"))).isEmpty();
        ErrorAssertion.assertRefused(McpClient.of(realm).register(ClientMetadata.named("Late")), 403)
                .saying("Trusted Hosts");
    }

    @Test
    void theAnswerSaysWhichPoliciesOfKeycloakWereSetAside() {
        JsonNode changes = changes(realm.put("/mcp", DOCUMENT));
        assertThat(named(changes, "set-aside"))
                .containsExactlyInAnyOrder(
                        "anonymous/trusted-hosts",
                        "anonymous/max-clients",
                        "anonymous/allowed-client-templates",
                        "authenticated/allowed-client-templates");
        JsonNode status = realm.read("/mcp");
        assertThat(status.path("setAside").findValuesAsText("name")).contains("Trusted Hosts", "Max Clients Limit");
        for (JsonNode policy : status.path("setAside")) {
            JsonNode stored = realm.read("/components/" + policy.path("id").asText());
            assertThat(policy.path("provider")).isEqualTo(stored.path("providerId"));
            assertThat(stored.path("subType").asText())
                    .isEqualTo("mcp-set-aside:" + policy.path("subType").asText());
        }
        assertThat(status.path("enabled").asBoolean()).isTrue();
        assertThat(status.path("pending")).isEmpty();
        assertThat(Json.texts(status.path("document").path("servers"))).containsExactly(SERVER);
        assertThat(named(changes(realm.delete("/mcp")), "restore")).hasSize(4);
    }

    @Test
    void anEnabledRealmHasWhatAnImportedOneHas() {
        realm.put("/mcp", realm.read("/mcp").path("document"));
        JsonNode document = imported.read("/mcp").path("document");
        AdminApi.succeeded("PUT", "/mcp", realm.put("/mcp", document));
        assertThat(realm.read("/mcp").path("document")).isEqualTo(document);
        assertThat(MadeForMcp.in(realm)).isEqualTo(MadeForMcp.in(imported));
        assertThat(imported.read("/mcp").path("enabled").asBoolean()).isTrue();
    }

    @Test
    void aClientWithAnMcpScopeHasToUsePkceAndOthersNot() {
        realm.put("/mcp", DOCUMENT);
        realm.clients().create("""
                {"clientId": "own-agent", "publicClient": true, "redirectUris": ["%s"], "optionalClientScopes": ["mcp:tools"]}
                """.formatted(StockRealm.CALLBACK));
        McpClient own = McpClient.of(realm).identifiedBy("own-agent", null, StockRealm.CALLBACK);
        ErrorAssertion.assertRefused(Browser.of("alice")
                        .open(own.authorization()
                                .pkce(Pkce.none())
                                .resource(SERVER)
                                .scope("mcp:tools")
                                .uri())
                        .answer())
                .hasError("invalid_request");
        StockRealm.theOldApplicationStillWorks(realm);
        realm.clients().delete("own-agent");
    }

    @Test
    void serversAreAddedAndRemovedOneByOne() {
        String other = "https://more.example.com/mcp";
        assertThat(realm.post("/mcp/servers", "{\"uri\": \"" + other + "\"}").statusCode())
                .isEqualTo(409);
        realm.put("/mcp", DOCUMENT);
        assertThat(realm.post("/mcp/servers", "{\"uri\": \"" + other + "\"}").statusCode())
                .isEqualTo(200);
        assertThat(realm.read("/mcp/servers"))
                .extracting(server -> server.path("uri").asText())
                .containsExactly(SERVER, other);
        assertThat(realm.delete("/mcp/servers?uri=" + SERVER).statusCode()).isEqualTo(200);
        assertThat(realm.delete("/mcp/servers?uri=" + SERVER).statusCode()).isEqualTo(404);
        assertThat(realm.read("/mcp/servers"))
                .extracting(server -> server.path("uri").asText())
                .containsExactly(other);
    }

    @Test
    void removingAVendorCanBeTriedBefore() {
        realm.put("/mcp", DOCUMENT);
        McpClient.of(realm).register(ClientMetadata.unique("One")).clientId();
        McpClient.of(realm).register(ClientMetadata.unique("Two")).clientId();
        JsonNode planned = Json.parse(
                realm.delete("/mcp/clients?vendor=loopback&dryRun=true").asString());
        assertThat(planned.path("dryRun").asBoolean()).isTrue();
        assertThat(planned.path("removed")).hasSize(2);
        JsonNode made = Json.parse(realm.delete("/mcp/clients?vendor=loopback").asString());
        assertThat(made.path("removed")).isEqualTo(planned.path("removed"));
        assertThat(made.has("failed")).isFalse();
        assertThat(realm.read("/mcp/clients").path("clients")).isEmpty();
    }

    private static JsonNode changes(Response answer) {
        return Json.parse(AdminApi.succeeded("call", "/mcp", answer).asString()).path("changes");
    }

    private static List<String> named(JsonNode changes, String action) {
        return changes.findParents("action").stream()
                .filter(change -> change.path("action").asText().equals(action))
                .map(change -> change.path("name").asText())
                .toList();
    }
}
