package io.github.keycloakmcp.tests.integration.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.github.keycloakmcp.tests.integration.admin.StockRealm.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

/** What was in the realm before it was enabled survives that it is enabled and left, whatever it is called. */
@KeycloakTest(demo = false)
class OwnThingsStayIT extends InStockRealm {

    private static final String DOCUMENT = "{\"servers\": [\"" + SERVER + "\"]}";

    @BeforeEach
    void leave() {
        AdminApi.succeeded("DELETE", "/mcp", realm.delete("/mcp"));
    }

    @Test
    void aScopeThatWasThereBeforeKeepsItsMappersAndStays() {
        realm.scopes().create("""
                {"name": "mcp:tools", "description": "From the tutorial", "protocol": "openid-connect",
                 "attributes": {"include.in.token.scope": "true"},
                 "protocolMappers": [{"name": "hard-coded", "protocol": "openid-connect",
                   "protocolMapper": "oidc-audience-mapper", "config": {"included.custom.audience": "http://localhost:3000",
                   "access.token.claim": "true"}}]}
                """);
        JsonNode before = StockRealm.export(realm);
        realm.put("/mcp", DOCUMENT);
        assertThat(realm.scopes().get("mcp:tools").path("description").asText()).isEqualTo("From the tutorial");
        McpClient client = McpClient.of(realm).registered(ClientMetadata.unique("After the tutorial"));
        TokenAssertion.assertThat(client.obtain(
                        Browser.of("alice"),
                        client.authorization().resource(SERVER).scope("mcp:tools")))
                .isFor(SERVER);
        realm.delete("/mcp/clients?vendor=loopback");
        realm.delete("/mcp");
        assertThat(StockRealm.export(realm)).isEqualTo(before);
        AdminApi.succeeded("DELETE", "scope", realm.delete(realm.scopes().path("mcp:tools")));
    }

    @Test
    void anAdministratorsOwnThingsOfTheSameNamesStayAsTheyAre() {
        realm.update("""
                {"clientProfiles": {"profiles": [
                   {"name": "house-rules", "executors": [{"executor": "secure-session", "configuration": {}}]},
                   {"name": "mcp", "description": "Ours since 2024", "executors": [
                     {"executor": "secure-session", "configuration": {}}]}]},
                 "clientPolicies": {"policies": [
                   {"name": "mcp", "enabled": false, "profiles": ["mcp"], "conditions": [
                     {"condition": "any-client", "configuration": {}}]}]}}
                """);
        realm.edit("/authentication/required-actions/delete_account", action -> action.put("alias", "mcp-farewell"));
        realm.scopes().create("""
                {"name": "mcp:tools", "description": "Opens the MCP servers that its mapper declares",
                 "protocol": "openid-connect", "attributes": {"include.in.token.scope": "true"}}
                """);
        JsonNode before = StockRealm.export(realm);
        realm.put("/mcp", DOCUMENT);
        assertThat(changes(realm.put("/mcp", DOCUMENT))).isEmpty();
        assertThat(realm.read("/client-policies/profiles").path("profiles").findValuesAsText("name"))
                .containsExactlyInAnyOrder("house-rules", "mcp", "keycloak-mcp");
        assertThat(realm.read("/mcp").path("enabled").asBoolean()).isTrue();
        McpClient client = McpClient.of(realm).registered(ClientMetadata.unique("Beside"));
        TokenAssertion.assertThat(client.obtain(
                        Browser.of("alice"),
                        client.authorization().resource(SERVER).scope("mcp:tools")))
                .isFor(SERVER);
        realm.delete("/mcp/clients?vendor=loopback");
        realm.delete("/mcp");
        assertThat(StockRealm.export(realm)).isEqualTo(before);
        AdminApi.succeeded("DELETE", "scope", realm.delete(realm.scopes().path("mcp:tools")));
        realm.edit("/authentication/required-actions/mcp-farewell", action -> action.put("alias", "delete_account"));
        realm.update(StockRealm.HOUSE_RULES);
    }

    /** Older versions of the extension marked nothing. */
    @Test
    void aRealmThatAnOlderVersionEnabledIsKnownAndLeftWhole() {
        // A first save adds Keycloak's own defaults to the attributes of a realm.
        realm.edit("", representation -> {});
        JsonNode before = StockRealm.export(realm);
        realm.put("/mcp", DOCUMENT);
        realm.edit(
                "", representation -> representation.withObject("/attributes").remove("mcp.managed"));
        realm.edit(
                realm.scopes().path("mcp:tools"),
                scope -> scope.withObject("/attributes").put("mcp.managed", ""));
        Diagnosis.of(realm, "").namesNone("set-up-incomplete");
        assertThat(realm.post("/mcp/servers", "{\"uri\": \"https://more.example.com/mcp\"}")
                        .statusCode())
                .isEqualTo(200);
        realm.edit(
                "", representation -> representation.withObject("/attributes").remove("mcp.managed"));
        realm.edit(
                realm.scopes().path("mcp:tools"),
                scope -> scope.withObject("/attributes").put("mcp.managed", ""));
        AdminApi.succeeded("DELETE", "/mcp", realm.delete("/mcp"));
        assertThat(StockRealm.export(realm)).isEqualTo(before);
    }

    private static JsonNode changes(Response answer) {
        return Json.parse(AdminApi.succeeded("call", "/mcp", answer).asString()).path("changes");
    }
}
