package io.github.keycloakmcp.tests.integration.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.github.keycloakmcp.tests.integration.admin.StockRealm.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

/** What the document of a set-up call says and does not say, what is wrong with it, and the event that it leaves. */
@KeycloakTest(demo = false)
class SetUpDocumentIT extends InStockRealm {

    private static final String DOCUMENT = "{\"servers\": [\"" + SERVER + "\"]}";

    @BeforeEach
    void leave() {
        AdminApi.succeeded("DELETE", "/mcp", realm.delete("/mcp"));
    }

    @Test
    void whatTheDocumentDoesNotNameStaysAsItIs() {
        realm.put("/mcp", "{\"servers\": [\"" + SERVER + "\"], \"maxClients\": 7, \"allowLoopback\": false}");
        JsonNode changes = changes(realm.put("/mcp", "{\"maxClients\": 8}"));
        assertThat(changes)
                .hasSize(2)
                .allMatch(change -> change.path("kind").asText().equals("registration-policy"));
        JsonNode document = realm.read("/mcp").path("document");
        assertThat(document.path("maxClients").asInt()).isEqualTo(8);
        assertThat(document.path("allowLoopback").asBoolean(true)).isFalse();
        assertThat(Json.texts(document.path("servers"))).containsExactly(SERVER);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            servers        | {"servers": "https://a.example/mcp"}
            servers        | {"servers": ["http://a.example/mcp"]}
            servers        | {"servers": ["https://a.example/mcp#part"]}
            servers        | {"servers": [1]}
            servers        | {"servers": null}
            servers        | {"servers": ["https://a.example/ x"]}
            defaultServer  | {"servers": ["https://a.example/mcp"], "defaultServer": "https://b.example/mcp"}
            trustedHosts   | {"trustedHosts": ["https://host.example"]}
            privateUseSchemes | {"privateUseSchemes": ["javascript"]}
            maxClients     | {"maxClients": -1}
            maxClients     | {"maxClients": "many"}
            maxClients     | {"maxClients": 1.5}
            maxClients     | {"maxClients": 99999999999}
            allowLoopback  | {"allowLoopback": "yes"}
            server         | {"server": []}
            documentsFrom  | {"documentsFrom": "everywhere"}
                           | []
                           | {
                           | {"servers": []} x
            """)
    void aDocumentThatIsWrongIsRefusedByMemberAndChangesNothing(String member, String document) {
        realm.put("/mcp", DOCUMENT);
        JsonNode before = StockRealm.export(realm);
        Response answer = realm.put("/mcp", document);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(400);
        assertThat(Json.parse(answer.asString()).path("field").textValue()).isEqualTo(member);
        assertThat(StockRealm.export(realm)).isEqualTo(before);
    }

    @Test
    void whatWasChangedIsAnAdminEvent() {
        realm.update("{\"adminEventsDetailsEnabled\": true}");
        realm.delete("/admin-events");
        realm.put("/mcp?dryRun=true", DOCUMENT);
        assertThat(realm.read("/admin-events")).isEmpty();
        realm.put("/mcp", DOCUMENT);
        JsonNode events = realm.read("/admin-events");
        assertThat(events).hasSize(1);
        assertThat(events.path(0).path("resourcePath").asText()).isEqualTo("mcp");
        realm.post("/mcp/servers", "{\"uri\": \"https://more.example.com/mcp\"}");
        JsonNode server = realm.read("/admin-events?resourceTypes=CUSTOM&operationTypes=CREATE")
                .path(0);
        assertThat(server.path("resourcePath").asText()).isEqualTo("mcp/servers/https://more.example.com/mcp");
        assertThat(Json.parse(server.path("representation").asText()).toString())
                .isEqualTo("{\"uri\":\"https://more.example.com/mcp\"}");
    }

    private static JsonNode changes(Response answer) {
        return Json.parse(AdminApi.succeeded("call", "/mcp", answer).asString()).path("changes");
    }
}
