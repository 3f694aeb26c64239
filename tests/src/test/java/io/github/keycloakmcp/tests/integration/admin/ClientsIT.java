package io.github.keycloakmcp.tests.integration.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.restassured.response.Response;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Administrators page through the clients of a realm and search them, however many there are. */
@KeycloakTest
class ClientsIT {

    /** More than are read in one transaction. */
    private static final int MANY = 250;

    private final McpRealm realm;

    ClientsIT(McpRealm realm) {
        this.realm = realm;
    }

    @BeforeAll
    static void manyClientsHaveRegistered(McpRealm realm) {
        String clients = IntStream.range(0, MANY).mapToObj(ClientsIT::client).collect(Collectors.joining(","));
        register(realm, clients);
    }

    /** Over Keycloak's import, which keeps the attributes that no administrator writes. */
    private static void register(McpRealm realm, String clients) {
        String path = "/partialImport";
        AdminApi.succeeded(
                "POST", path, realm.post(path, "{\"ifResourceExists\": \"FAIL\", \"clients\": [" + clients + "]}"));
    }

    @Test
    void thePagesTogetherHaveEachClientOnce() {
        List<String> seen = all("/mcp/clients?kind=dynamic&search=filler&max=100");
        assertThat(seen).hasSize(MANY).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void aClientIsFoundByItsNameBehindManyOthers() {
        assertThat(all("/mcp/clients?search=NAME%20249")).containsExactly("filler-249");
    }

    @Test
    void whatNoClientHasIsNotFound() {
        assertThat(all("/mcp/clients?search=nowhere")).isEmpty();
        assertThat(all("/mcp/clients?vendor=nowhere.example")).isEmpty();
    }

    @Test
    void aPercentSignStandsForItself() {
        assertThat(all("/mcp/clients?search=filler%25")).isEmpty();
        assertThat(all("/mcp/clients?search=fill_r")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "kind=dynamic, 250",
        "kind=metadata-document, 0",
        "kind=pre-registered, 0",
        "vendor=loopback, 250",
        "vendor=127.0.0.1, 0",
        "verified=true, 0",
        "verified=false, 250",
        "enabled=true, 250",
        "enabled=false, 0",
        "unusedDays=30, 250",
        "unusedDays=20000, 0"
    })
    void clientsAreListedByWhatTheyAre(String filter, int found) {
        assertThat(all("/mcp/clients?search=filler&max=100&" + filter)).hasSize(found);
    }

    @Test
    void anUnknownKindIsRefused() {
        Response refused = realm.get("/mcp/clients?kind=secret");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.asString()).contains("kind: dynamic, metadata-document or pre-registered is expected");
    }

    @Test
    void theClientsOfAdministratorsAreListedAndOtherClientsAreNot() {
        List<String> others = all("/mcp/clients?kind=pre-registered");
        assertThat(others).contains("demo-machine").doesNotContain("account", "admin-cli");
    }

    @Test
    void aClientIsFoundByTheHostThatItsCodesGoTo() {
        register(realm, client(900).replace("http://127.0.0.1/callback", "https://codes.example.com/cb"));
        assertThat(all("/mcp/clients?vendor=codes.example.com")).containsExactly("filler-900");
        assertThat(all("/mcp/clients?vendor=example.com")).isEmpty();
        realm.clients().delete("filler-900");
    }

    @Test
    void aDisabledClientCannotBeUsedUntilItIsEnabledAgain() {
        McpClient client = McpClient.of(realm).registered(ClientMetadata.unique("Switched"));
        Tokens tokens = login(client, "mcp:tools");
        String path = "/mcp/clients/" + id(client);
        AdminApi.succeeded("PUT", path, realm.put(path, "{\"enabled\": false}"));
        assertThat(realm.read("/mcp/clients?search=" + client.clientId())
                        .path("clients")
                        .path(0)
                        .path("enabled")
                        .asBoolean(true))
                .isFalse();
        ErrorAssertion.assertRefused(client.refresh(tokens.refresh(), McpRealm.SERVER_A), 401)
                .hasError("invalid_client");
        AdminApi.succeeded("PUT", path, realm.put(path, "{\"enabled\": true}"));
        client.refresh(tokens.refresh(), McpRealm.SERVER_A).expect(200);
    }

    @Test
    void aChangeWithoutAValueIsRefused() {
        McpClient client = McpClient.of(realm).registered(ClientMetadata.unique("Unchanged"));
        String path = "/mcp/clients/" + id(client);
        for (String body : List.of("", "{}", "{\"enabled\": \"no\"}", "no JSON", "[]")) {
            assertThat(realm.put(path, body).statusCode()).as(body).isEqualTo(400);
        }
        assertThat(realm.put("/mcp/clients/nowhere", "{\"enabled\": false}").statusCode())
                .isEqualTo(404);
        assertThat(realm.post("/mcp/clients/nowhere/logout", "").statusCode()).isEqualTo(404);
    }

    @Test
    void aClientThatIsNotAnMcpClientStaysAsItIs() {
        String account = realm.clients().get("account").path("id").asText();
        assertThat(realm.put("/mcp/clients/" + account, "{\"enabled\": false}").statusCode())
                .isEqualTo(404);
        assertThat(realm.clients().get("account").path("enabled").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mcp:tools", "mcp:tools offline_access"})
    void loggingOutEndsSessionsAndRefreshTokensOfThatClientOnly(String scope) {
        McpClient client = McpClient.of(realm).registered(ClientMetadata.unique("Logged out"));
        McpClient other = McpClient.of(realm).registered(ClientMetadata.unique("Not logged out"));
        Tokens tokens = login(client, scope);
        Tokens others = login(other, scope);
        String path = "/mcp/clients/" + id(client);
        JsonNode answer = Json.parse(AdminApi.succeeded("POST", path, realm.post(path + "/logout", ""))
                .asString());
        assertThat(answer.path("sessions").asInt()).isPositive();
        assertThat(answer.path("complete").asBoolean()).isTrue();
        ErrorAssertion.assertRefused(client.refresh(tokens.refresh(), McpRealm.SERVER_A), 400)
                .hasError("invalid_grant");
        other.refresh(others.refresh(), McpRealm.SERVER_A).expect(200);
        assertThat(realm.read("/mcp/clients?search=" + client.clientId())
                        .path("clients")
                        .path(0)
                        .path("sessions")
                        .asInt(-1))
                .isZero();
        assertThat(login(client, scope).refresh())
                .as("the client can log in again")
                .isNotEmpty();
    }

    private static Tokens login(McpClient client, String scope) {
        return client.obtain(
                Browser.of("alice"), client.authorization().scope(scope).resource(McpRealm.SERVER_A));
    }

    private String id(McpClient client) {
        return realm.clients().get(client.clientId()).path("id").asText();
    }

    private List<String> all(String query) {
        List<String> ids = new ArrayList<>();
        int next = 0;
        do {
            JsonNode page = realm.read(query + "&first=" + next);
            page.path("clients")
                    .forEach(client -> ids.add(client.path("clientId").asText()));
            next = page.path("next").asInt(-1);
        } while (next >= 0);
        return ids;
    }

    private static String client(int number) {
        return """
                {"clientId": "filler-%03d", "name": "Name %d", "publicClient": true,
                 "redirectUris": ["http://127.0.0.1/callback"], "attributes": {"mcp.registered": "1700000000"}}
                """.formatted(number, number);
    }
}
