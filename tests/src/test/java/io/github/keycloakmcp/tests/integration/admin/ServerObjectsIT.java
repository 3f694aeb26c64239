package io.github.keycloakmcp.tests.integration.admin;

import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.restassured.response.Response;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** An MCP server declared with its client, its scopes and its roles in one call; the realm has them as Keycloak's own. */
@KeycloakTest
class ServerObjectsIT {

    private static final String URI = "https://calendar.example.com/mcp";
    private static final String DOCUMENT = """
            {"uri": "%s", "name": "Calendar", "description": "The team calendar",
             "documentation": "https://calendar.example.com/docs", "requiredRole": "",
             "scopes": [{"name": "calendar:read", "text": "Read your calendar"},
                        {"name": "calendar:write", "text": "Change your calendar", "roles": ["editor"], "sensitive": true}]}
            """.formatted(URI);

    private final McpRealm realm;

    ServerObjectsIT(McpRealm realm) {
        this.realm = realm;
    }

    @BeforeAll
    static void makeTheRole(McpRealm realm) {
        AdminApi.succeeded("POST", "/roles", realm.post("/roles", "{\"name\": \"editor\"}"));
    }

    @Test
    void oneCallDeclaresAServerAndIsSeenInTheConsoleAndInTokens() {
        List<String> before = realm.scopes().names();
        JsonNode dry = put("?dryRun=true", DOCUMENT);
        assertThat(dry.path("changes").findValuesAsText("kind")).contains("client", "client-scope");
        assertThat(realm.scopes().names()).isEqualTo(before);
        assertThat(realm.clients().contains(URI)).isFalse();

        JsonNode made = put("", DOCUMENT);
        assertThat(made.path("changes")).isEqualTo(dry.path("changes"));
        assertThat(put("", DOCUMENT).path("changes")).isEmpty();
        assertThat(realm.clients().get(URI).path("name").asText()).isEqualTo("Calendar");
        assertThat(realm.clients()
                        .get(URI)
                        .path("attributes")
                        .path("resource_url")
                        .asText())
                .isEqualTo(URI);
        JsonNode object = realm.read("/mcp/servers/object?uri=" + URI);
        assertThat(object).isEqualTo(made.path("server"));
        assertThat(object.path("scopes").findValuesAsText("name")).containsExactly("calendar:read", "calendar:write");
        assertThat(Json.texts(object.path("scopes").path(1).path("roles"))).containsExactly("editor");
        assertThat(object.path("scopes").findValuesAsText("sensitive")).containsExactly("false", "true");
        assertThat(realm.read("/mcp/servers?search=calendar").findValuesAsText("scope"))
                .containsExactlyInAnyOrder("calendar:read", "calendar:write");

        McpClient client = McpClient.of(realm).registered(ClientMetadata.named("Objects"));
        TokenAssertion.assertThat(client.obtain(
                        Browser.of("alice"),
                        client.authorization().resource(URI).scope("calendar:read calendar:write")))
                .isFor(URI)
                .hasScopes("calendar:read")
                .lacksScopes("calendar:write", "mcp:tools");

        String both =
                "{\"uri\": \"%s\", \"scopes\": [{\"name\": \"calendar:read\", \"sensitive\": true}, {\"name\": \"calendar:write\"}]}";
        assertThat(put("", both.formatted(URI)).path("server").path("scopes").findValuesAsText("sensitive"))
                .as("what is not named stays")
                .containsExactly("true", "true");
        put("", "{\"uri\": \"%s\", \"scopes\": [{\"name\": \"calendar:read\"}]}".formatted(URI));
        assertThat(realm.scopes().names()).contains("calendar:read").doesNotContain("calendar:write");
        assertThat(realm.clients().get(URI).path("name").asText()).isEqualTo("Calendar");

        AdminApi.succeeded("DELETE", URI, realm.delete("/mcp/servers?uri=" + URI));
        assertThat(Set.copyOf(realm.scopes().names())).isEqualTo(Set.copyOf(before));
        assertThat(realm.delete("/mcp/servers?uri=" + URI).statusCode()).isEqualTo(404);
    }

    @Test
    void aServerWithoutScopesIsOpenedByTheGeneralScope() {
        String plain = "https://plain.example.com/mcp";
        put("", "{\"uri\": \"%s\", \"name\": \"Plain\", \"requiredRole\": \"editor\"}".formatted(plain));
        assertThat(realm.read("/mcp/servers?search=plain").findValuesAsText("scope"))
                .containsExactly("mcp:tools");
        assertThat(realm.read("/mcp/servers/object?uri=" + plain)
                        .path("requiredRole")
                        .asText())
                .isEqualTo("editor");
    }

    @Test
    void aServerHasAnOwnerAndAliasesWithOwnScopesOrWithoutThem() {
        String uri = "https://notes.example.com/mcp";
        String alias = "https://old.example.com/mcp";
        String plain = "{\"uri\": \"%s\", \"owner\": \"Team Notes\", \"aliases\": [\"%s\"]}".formatted(uri, alias);
        JsonNode made = put("", plain);
        assertThat(made.path("server").path("owner").asText()).isEqualTo("Team Notes");
        assertThat(Json.texts(made.path("server").path("aliases"))).containsExactly(alias);
        assertThat(put("", plain).path("changes")).isEmpty();
        assertThat(realm.clients().get(uri).path("attributes").path("mcp.owner").asText())
                .isEqualTo("Team Notes");
        assertThat(realm.read("/mcp")
                        .path("document")
                        .path("aliases")
                        .path(alias)
                        .asText())
                .as("the setting of the mapper")
                .isEqualTo(uri);
        McpClient client = McpClient.of(realm).registered(ClientMetadata.named("Aliased"));
        TokenAssertion.assertThat(client.obtain(
                        Browser.of("alice"), client.authorization().resource(alias)))
                .isFor(uri);

        put(
                "",
                "{\"uri\": \"%s\", \"scopes\": [{\"name\": \"notes:read\"}], \"aliases\": [\"%s\"]}"
                        .formatted(uri, alias));
        TokenAssertion.assertThat(client.obtain(
                        Browser.of("alice"),
                        client.authorization().resource(alias).scope("notes:read")))
                .isFor(uri)
                .hasScopes("notes:read");
        for (String taken : List.of(uri + "/", "https://plain.example.com/mcp#x", "no uri")) {
            String wrong = "{\"uri\": \"%s\", \"aliases\": [\"%s\"]}".formatted(uri, taken);
            assertThat(realm.put("/mcp/servers", wrong).statusCode()).as(taken).isEqualTo(400);
        }
        put("", "{\"uri\": \"%s\", \"aliases\": []}".formatted(uri));
        assertThat(realm.read("/mcp/servers/object?uri=" + uri).has("aliases")).isFalse();
        put("", plain);
        AdminApi.succeeded("DELETE", uri, realm.delete("/mcp/servers?uri=" + uri));
        assertThat(realm.read("/mcp").path("document").path("aliases")).isEmpty();
        assertThat(Browser.of("alice")
                        .open(client.authorization().resource(alias).uri())
                        .answer()
                        .error())
                .contains("invalid_target");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            uri                | {"name": "x"}
            uri                | {"uri": "no uri"}
            requiredrole       | {"uri": "https://x.example/mcp", "requiredrole": "editor"}
            requiredRole       | {"uri": "https://x.example/mcp", "requiredRole": "absent"}
            documentation      | {"uri": "https://x.example/mcp", "documentation": "javascript:alert(1)"}
            aliases            | {"uri": "https://x.example/mcp", "aliases": "https://y.example/mcp"}
            scopes             | {"uri": "https://x.example/mcp", "scopes": "x:read"}
            scopes             | {"uri": "https://x.example/mcp", "scopes": [{"name": "x:read"}, {"name": "profile"}]}
            scopes             | {"uri": "https://x.example/mcp", "scopes": [{"name": "mcp:tools"}]}
            scopes[0].name     | {"uri": "https://x.example/mcp", "scopes": [{"name": "x read"}]}
            scopes[1].name     | {"uri": "https://x.example/mcp", "scopes": [{"name": "x:read"}, {"name": "x:read"}]}
            scopes[0].role     | {"uri": "https://x.example/mcp", "scopes": [{"name": "x:read", "role": "editor"}]}
            scopes[0].sensitive | {"uri": "https://x.example/mcp", "scopes": [{"name": "x:read", "sensitive": "yes"}]}
            roles              | {"uri": "https://x.example/mcp", "scopes": [{"name": "x:read", "roles": ["absent"]}]}
            """)
    void whatCannotBeUsedIsNamedAndChangesNothing(String member, String document) {
        Map<String, Object> before = state();
        Response answer = realm.put("/mcp/servers", document);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(400);
        assertThat(Json.parseObject(answer.asString()).path("field").asText()).isEqualTo(member);
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void aServerThatIsAnotherClientAlreadyGetsNoSecondOne() {
        realm.clients().create("""
                {"clientId": "legacy", "attributes": {"resource_url": "https://legacy.example.com/mcp/"}}
                """);
        Map<String, Object> before = state();
        for (String uri : List.of("https://legacy.example.com/mcp", "HTTPS://legacy.example.com/mcp/")) {
            Response answer = realm.put("/mcp/servers", "{\"uri\": \"" + uri + "\", \"name\": \"Second\"}");
            assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(400);
            assertThat(answer.asString()).contains("\"field\":\"uri\"", "resource_url");
        }
        assertThat(state()).isEqualTo(before);
    }

    private Map<String, Object> state() {
        return Map.of(
                "scopes", Set.copyOf(realm.scopes().names()),
                "clients", Set.copyOf(realm.clients().ids()));
    }

    private JsonNode put(String query, String document) {
        Response answer = realm.put("/mcp/servers" + query, document);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        return Json.parseObject(answer.asString());
    }
}
