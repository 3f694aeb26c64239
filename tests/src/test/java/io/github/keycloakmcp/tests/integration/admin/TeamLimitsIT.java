package io.github.keycloakmcp.tests.integration.admin;

import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.client.HttpReply;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.keycloakmcp.tests.integration.admin.TeamRealm.CALENDAR;
import static io.github.keycloakmcp.tests.integration.admin.TeamRealm.PAY;
import static org.assertj.core.api.Assertions.assertThat;

/** What an administrator of a team tries in order to get further than the team's servers. */
@KeycloakTest(demo = false)
class TeamLimitsIT extends InStockRealm {

    private static final String LISTED = "https://shared.example.com/calendar/listed";

    private Http clerk = Http.plain();

    @BeforeAll
    void make() {
        TeamRealm.make(realm);
        clerk = StockRealm.administrator(realm, "clerk");
        Http chief = StockRealm.administrator(realm, "chief");
        AdminApi.succeeded("POST", LISTED, realm.post("/mcp/servers", "{\"uri\": \"" + LISTED + "\"}"));
        for (String role : List.of("paymaster", "bookkeeper")) {
            AdminApi.succeeded("POST", "/roles", realm.post("/roles", "{\"name\": \"" + role + "\"}"));
        }
        realm.clients().create("{\"clientId\": \"https://calendar.example.com/app\"}");
        realm.clients().create("""
                {"clientId": "old", "attributes": {"resource_url": "https://calendar.example.com/old/"}}
                """);
        realm.clients().create("""
                {"clientId": "mapped", "protocolMappers": [{"name": "s", "protocol": "openid-connect",
                 "protocolMapper": "mcp-resource-audience", "config": {"mcp-servers": "https://calendar.example.com/mapped"}}]}
                """);
        TeamRealm.declare(realm, chief, """
                {"uri": "%s", "aliases": ["https://calendar.example.com/alias"], "requiredRole": "%s.user"}
                """.formatted(PAY, PAY));
        TeamRealm.declare(realm, chief, """
                {"uri": "https://shared.example.com/mcp", "scopes": [{"name": "shared:read", "roles": ["paymaster"]}]}
                """);
        TeamRealm.declare(realm, chief, """
                {"uri": "%s", "scopes": [{"name": "calendar:read"}, {"name": "shared:read"}]}
                """.formatted(CALENDAR));
        String roles = realm.clients().path(CALENDAR) + "/roles";
        AdminApi.succeeded("POST", roles, realm.post(roles, "{\"name\": \"all\"}"));
        ArrayNode composites = Json.object().putArray("roles");
        composites.add(realm.read(realm.clients().path("realm-management") + "/roles/manage-realm"));
        AdminApi.succeeded("POST", roles, realm.post(roles + "/all/composites", composites));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'uri': 'https://free.example.com/mcp'}",
                "{'uri': 'https://pay.example.com/mcp'}",
                "{'uri': 'https://pay.example.com/mcp', 'name': 'Taken over', 'requiredRole': ''}",
                "{'uri': 'https://pay.example.com/other'}",
                "{'uri': 'https://calendar.example.com/pay/mcp'}",
                "{'uri': 'https://calendar.example.com.evil.example/mcp'}",
                "{'uri': 'https://shared.example.com/calendar/../mcp'}",
                "{'uri': 'https://shared.example.com/calendar/%2e%2e/mcp'}",
                "{'uri': 'https://shared.example.com/mcp'}",
                "{'uri': 'https://shared.example.com/calendar/listed'}",
                "{'uri': 'https://shared.example.com/calendar/listed/'}",
                "{'uri': 'https://calendar.example.com/app'}",
                "{'uri': 'https://calendar.example.com/old'}",
                "{'uri': 'https://calendar.example.com/mapped'}",
                "{'uri': 'https://calendar.example.com/alias'}",
                "{'uri': 'HTTPS://calendar.example.com/mcp'}",
                "{'uri': 'https://calendar.example.com/mcp/'}",
                "{'uri': 'CAL', 'team': 'pay-admins'}",
                "{'uri': 'CAL', 'team': ''}",
                "{'uri': 'https://calendar.example.com/new', 'team': 'pay-admins'}",
                "{'uri': 'CAL', 'requiredRole': 'paymaster'}",
                "{'uri': 'CAL', 'requiredRole': 'there-is-no-such-role'}",
                "{'uri': 'CAL', 'requiredRole': 'realm-management.manage-realm'}",
                "{'uri': 'CAL', 'requiredRole': 'https://pay.example.com/mcp.user'}",
                "{'uri': 'CAL', 'requiredRole': 'https://calendar.example.com/mcp.all'}",
                "{'uri': 'CAL', 'requiredRole': 'https://calendar.example.com/mcp.a.b'}",
                "{'uri': 'CAL', 'scopes': [{'name': 'calendar:read', 'roles': ['paymaster']}]}",
                "{'uri': 'CAL', 'scopes': [{'name': 'calendar:read', 'roles': ['realm-management.manage-realm']}]}",
                "{'uri': 'CAL', 'scopes': [{'name': 'calendar:read', 'roles': ['https://calendar.example.com/mcp.all']}]}",
                "{'uri': 'CAL', 'scopes': [{'name': 'calendar:new', 'roles': ['https://pay.example.com/mcp.user']}]}",
                "{'uri': 'https://calendar.example.com/new', 'scopes': [{'name': 'calendar:new', 'roles': ['paymaster']}]}",
                "{'uri': 'CAL', 'scopes': [{'name': 'pay:read'}]}",
                "{'uri': 'CAL', 'scopes': [{'name': 'pay:new'}]}",
                "{'uri': 'CAL', 'scopes': [{'name': 'profile'}]}",
                "{'uri': 'CAL', 'scopes': [{'name': 'mcp:tools'}]}",
                "{'uri': 'CAL', 'scopes': [{'name': 'offline_access'}]}",
                "{'uri': 'CAL', 'scopes': [{'name': 'groups'}]}",
                "{'uri': 'CAL', 'scopes': [{'name': 'shared:read', 'text': 'Changed'}]}",
                "{'uri': 'CAL', 'scopes': [{'name': 'shared:read', 'roles': []}]}",
                "{'uri': 'https://calendar.example.com/new', 'scopes': [{'name': 'shared:read'}]}",
                "{'uri': 'CAL', 'aliases': ['https://pay.example.com/mcp']}",
                "{'uri': 'CAL', 'aliases': ['https://pay.example.com/free']}",
                "{'uri': 'CAL', 'aliases': ['https://calendar.example.com/alias']}",
                "{'uri': 'CAL', 'aliases': ['https://calendar.example.com/old']}",
                "{'uri': 'CAL', 'aliases': ['https://tools.example.com/mcp']}"
            })
    void whatIsNotTheTeamsIsRefusedAndChangesNothing(String document) {
        String json = document.replace('\'', '"').replace("CAL", CALENDAR);
        String before = StockRealm.export(realm).toString();
        HttpReply reply = clerk.json("PUT", TeamRealm.uri(realm, "/servers"), json);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(403);
        assertThat(Json.parse(reply.body()).path("errorMessage").asText()).contains(": ");
        assertThat(StockRealm.export(realm).toString()).isEqualTo(before);
        if (json.startsWith("{\"uri\"") && !json.contains(",")) {
            assertThat(clerk.json("POST", TeamRealm.uri(realm, "/servers"), json)
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    /** Keycloak's own answer: an administrator of the realm permits the team to map one role to client scopes. */
    @Test
    void fineGrainedPermissionsOpenARoleThatTheyNameAndNoOther() {
        realm.update("{\"adminPermissionsEnabled\": true}");
        try {
            String team = realm.read("/roles/" + TeamRealm.TEAM).path("id").asText();
            String role = realm.read("/roles/bookkeeper").path("id").asText();
            String server = "/clients/"
                    + realm.representation()
                            .path("adminPermissionsClient")
                            .path("id")
                            .asText()
                    + "/authz/resource-server";
            String document = "{\"uri\": \"https://calendar.example.com/books\", \"requiredRole\": \"%s\"}";
            assertThat(put(document.formatted("bookkeeper"))).isEqualTo(403);
            AdminApi.succeeded("POST", server, realm.post(server + "/policy/role", """
                    {"name": "team", "roles": [{"id": "%s"}]}
                    """.formatted(team)));
            AdminApi.succeeded("POST", server, realm.post(server + "/permission/scope", """
                    {"name": "map", "resourceType": "Roles", "resources": ["%s"], "scopes": ["map-role-client-scope"],
                     "policies": ["team"]}
                    """.formatted(role)));
            assertThat(put(document.formatted("paymaster"))).isEqualTo(403);
            assertThat(put(document.formatted("realm-management.manage-realm"))).isEqualTo(403);
            assertThat(put(document.formatted("bookkeeper"))).isEqualTo(200);
        } finally {
            realm.update("{\"adminPermissionsEnabled\": false}");
        }
    }

    private int put(String document) {
        return clerk.json("PUT", TeamRealm.uri(realm, "/servers"), document).statusCode();
    }

    @Test
    void openidIsNoScopeOfAServerWhoeverDeclaresIt() {
        assertThat(realm.put("/mcp/servers", "{\"uri\": \"" + PAY + "\", \"scopes\": [{\"name\": \"openid\"}]}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aSharedScopeIsKeptByItsNameAndLeftAlone() {
        TeamRealm.declare(realm, clerk, """
                {"uri": "%s", "scopes": [{"name": "calendar:read"}, {"name": "shared:read"}]}
                """.formatted(CALENDAR));
        assertThat(realm.scopes().get("shared:read").toString()).contains("https://shared.example.com/mcp", CALENDAR);
    }
}
