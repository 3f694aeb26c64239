package io.github.keycloakmcp.tests.integration.admin;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.restassured.response.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The list of servers becomes a client for each server, and a list again; clients, consents and tokens do not notice. */
@KeycloakTest
class ServerConversionIT {

    private static final String A = McpRealm.SERVER_A;
    private static final String B = McpRealm.SERVER_B;

    private final McpRealm realm;

    ServerConversionIT(McpRealm realm) {
        this.realm = realm;
    }

    @BeforeEach
    @AfterEach
    void listTwoServersWithoutClients() {
        Stream.of(A, B).filter(realm.clients()::contains).forEach(uri -> {
            String path = realm.clients().path(uri);
            AdminApi.succeeded("DELETE", path, realm.delete(path));
        });
        put("{\"servers\": [\"%s\", \"%s\"]}".formatted(A, B));
    }

    @Test
    void clientsConsentsAndRefreshTokensLiveOn() {
        McpClient client = McpClient.of(realm).registered(ClientMetadata.named("Converted"));
        Browser browser = Browser.of("alice");
        Tokens tokens = client.obtain(browser, client.authorization().resource(A));
        String before = export();

        assertThat(names(convert("POST", "?dryRun=true"))).containsExactly(A, B);
        assertThat(export()).as("after a dry run").isEqualTo(before);
        JsonNode made = convert("POST", "");
        assertThat(names(made)).containsExactly(A, B);
        assertThat(made.has("next")).isFalse();
        JsonNode converted = realm.clients().get(A);
        assertThat(converted.path("attributes").path("resource_url").asText()).isEqualTo(A);
        assertThat(Json.texts(converted.path("optionalClientScopes"))).doesNotContain("mcp:tools");
        assertThat(realm.read("/mcp/servers/object?uri=" + A).path("client").asText())
                .isEqualTo(converted.path("id").asText());
        assertThat(realm.read("/mcp/clients").findValuesAsText("clientId")).doesNotContain(A, B);

        Tokens refreshed = client.refresh(tokens.refresh()).tokens();
        TokenAssertion.assertThat(refreshed).isFor(A).hasScopes("mcp:tools");
        assertThat(browser.open(client.authorization().resource(A).uri()).isConsent())
                .as("consent is not asked again")
                .isFalse();
        JsonNode again = convert("POST", "");
        assertThat(again.path("changes")).isEmpty();
        assertThat(again.path("kept").findValuesAsText("uri")).containsExactly(A, B);
        assertThat(Json.texts(again.path("kept").path(0).path("because"))).containsExactly("has-client");

        assertThat(names(convert("DELETE", "?dryRun=true"))).containsExactly(A, B);
        assertThat(names(convert("DELETE", ""))).containsExactly(A, B);
        TokenAssertion.assertThat(client.refresh(refreshed.refresh()).tokens()).isFor(A);
        assertThat(browser.open(client.authorization().resource(A).uri()).isConsent())
                .isFalse();
        assertThat(export()).as("nothing else has changed").isEqualTo(before);
    }

    @Test
    void aServerThatAClientDeclaresAlreadyGetsNoSecondOne() {
        realm.clients().create("""
                {"clientId": "zebra", "attributes": {"resource_url": "%s/", "mcp.required-role": "editor"}}
                """.formatted(A));
        JsonNode made = convert("POST", "");
        assertThat(names(made)).containsExactly(B);
        assertThat(made.path("kept").findValuesAsText("uri")).containsExactly(A);
        String zebra = realm.clients().path("zebra");
        AdminApi.succeeded("DELETE", zebra, realm.delete(zebra));
    }

    @Test
    void whatAnAdministratorHasAddedIsNeverTakenBack() {
        convert("POST", "");
        realm.edit(
                realm.clients().path(A),
                client -> client.withObject("/attributes")
                        .put("mcp.required-role", "offline_access")
                        .put("mcp.dpop-required", "true"));
        AdminApi.succeeded("PUT", B, realm.put("/mcp/servers", "{\"uri\": \"%s\", \"name\": \"B\"}".formatted(B)));
        JsonNode back = convert("DELETE", "");
        assertThat(back.path("changes")).isEmpty();
        assertThat(back.path("kept").findValuesAsText("uri"))
                .as("B is declared since, so that it is not one of the conversion any more")
                .containsExactly(A);
        assertThat(Json.texts(back.path("kept").path(0).path("because")))
                .containsExactly("requiredRole", "dpopRequired");
        assertThat(realm.clients().contains(B)).isTrue();
    }

    @Test
    void aLongListIsConvertedPageByPage() {
        List<String> many = IntStream.range(0, 205)
                .mapToObj("https://many.example.com/%04d/mcp"::formatted)
                .toList();
        put(Json.object().set("servers", Json.tree(many)).toString());
        JsonNode first = convert("POST", "");
        assertThat(names(first)).isEqualTo(many.subList(0, 200));
        assertThat(first.path("next").asText()).isEqualTo(many.get(199));
        JsonNode second = convert("POST", "?after=" + many.get(199));
        assertThat(names(second)).isEqualTo(many.subList(200, 205));
        assertThat(second.has("next")).isFalse();

        JsonNode back = convert("DELETE", "?max=3");
        assertThat(names(back)).isEqualTo(many.subList(0, 3));
        assertThat(back.path("next").asText()).isEqualTo(many.get(2));
        assertThat(names(convert("DELETE", "?after=" + many.get(2)))).hasSize(200);
        assertThat(names(convert("DELETE", ""))).isEqualTo(many.subList(203, 205));
        assertThat(realm.clients().ids()).noneMatch(id -> id.startsWith("https://many"));
    }

    private static List<String> names(JsonNode answer) {
        return answer.path("changes").findValuesAsText("name");
    }

    private JsonNode convert(String method, String query) {
        String path = "/mcp/servers/conversion" + query;
        Response answer = method.equals("POST") ? realm.post(path, "") : realm.delete(path);
        return Json.parse(AdminApi.succeeded(method, path, answer).asString());
    }

    private void put(String document) {
        AdminApi.succeeded("PUT", "/mcp", realm.put("/mcp", document));
    }

    /** The time of use is written some seconds after a request. */
    private String export() {
        return StockRealm.export(realm).toString().replaceAll("\"mcp.last-used\":\"\\d+\",", "");
    }
}
