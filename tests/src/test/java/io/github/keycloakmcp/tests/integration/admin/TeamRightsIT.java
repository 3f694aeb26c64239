package io.github.keycloakmcp.tests.integration.admin;

import java.net.URI;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static io.github.keycloakmcp.tests.integration.admin.TeamRealm.CALENDAR;
import static org.assertj.core.api.Assertions.assertThat;

/** How a team gets servers, scopes and roles of its own, and when the right of its administrators begins and ends. */
@KeycloakTest(demo = false)
class TeamRightsIT extends InStockRealm {

    private Http clerk = Http.plain();

    @BeforeAll
    void make() {
        TeamRealm.make(realm);
        clerk = StockRealm.administrator(realm, "clerk");
    }

    @Test
    void aTeamDeclaresScopesAndRolesOfItsServerAndUsersWithTheRoleGetTheScope() {
        String uri = "https://calendar.example.com/rooms";
        JsonNode made = TeamRealm.declare(realm, clerk, """
                {"uri": "%1$s", "name": "Rooms", "aliases": ["https://calendar.example.com/old-rooms"],
                 "scopes": [{"name": "calendar:rooms"}, {"name": "calendar:book", "roles": ["%1$s.booker"], "sensitive": true}]}
                """.formatted(uri));
        assertThat(made.path("server").path("team").asText()).isEqualTo(TeamRealm.TEAM);
        assertThat(made.path("changes").findValuesAsText("kind")).contains("client", "client-scope", "role");
        McpClient client = McpClient.of(realm).registered(ClientMetadata.unique("Rooms"));
        TokenAssertion.assertThat(client.obtain(
                        Browser.of("alice"),
                        client.authorization().resource(uri).scope("calendar:rooms calendar:book")))
                .isFor(uri)
                .hasScopes("calendar:rooms")
                .lacksScopes("calendar:book");
        assertThat(clerk.delete(TeamRealm.uri(realm, "/servers?uri=" + TeamRealm.encoded(uri)))
                        .statusCode())
                .isEqualTo(200);
        assertThat(realm.scopes().names()).doesNotContain("calendar:rooms", "calendar:book");
        TeamRealm.declare(realm, clerk, "{\"uri\": \"" + uri + "\", \"scopes\": [{\"name\": \"calendar:rooms\"}]}");
        assertThat(realm.scopes().names()).as("its client is still the team's").contains("calendar:rooms");
    }

    @Test
    void anAdministratorOfTheRealmGivesAServerToATeamAndTakesItBack() {
        String uri = "https://shared.example.com/calendar/given";
        realm.put("/mcp/servers", "{\"uri\": \"%s\", \"team\": \"%s\"}".formatted(uri, TeamRealm.TEAM));
        URI object = TeamRealm.uri(realm, "/servers/object?uri=" + TeamRealm.encoded(uri));
        assertThat(clerk.get(object).statusCode()).isEqualTo(200);
        realm.put("/mcp/servers", "{\"uri\": \"%s\", \"team\": \"\"}".formatted(uri));
        assertThat(clerk.get(object).statusCode()).isEqualTo(404);
        for (String team : List.of("pay-admins", "offline_access", "unknown")) {
            assertThat(realm.put("/mcp/servers", "{\"uri\": \"%s\", \"team\": \"%s\"}".formatted(uri, team))
                            .statusCode())
                    .as(team)
                    .isEqualTo(400);
        }
    }

    @Test
    void theTokenOfAnMcpClientDoesNotLookAfterServersInTheUsersName() {
        McpClient client = McpClient.of(realm).registered(ClientMetadata.unique("Curious"));
        Tokens tokens = client.obtain(
                Browser.of("clerk"),
                client.authorization().resource(StockRealm.SERVER).scope("mcp:tools"));
        Http stolen = Http.plain().with("Authorization", "Bearer " + tokens.accessToken());
        assertThat(stolen.get(TeamRealm.uri(realm, "/servers")).statusCode()).isEqualTo(403);
        assertThat(stolen.json("PUT", TeamRealm.uri(realm, "/servers"), "{\"uri\": \"" + CALENDAR + "\"}")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void theRightEndsWithTheRoleAndWithTheEntryAtOnce() {
        realm.role("helpdesk", TeamRealm.TEAM, true);
        Http helpdesk = StockRealm.administrator(realm, "helpdesk");
        URI servers = TeamRealm.uri(realm, "/servers/object?uri=" + TeamRealm.encoded(CALENDAR));
        assertThat(helpdesk.get(servers).statusCode()).isEqualTo(200);
        realm.edit(
                "/roles/" + TeamRealm.TEAM,
                role -> role.withObject("/attributes")
                        .putArray("mcp.team.servers")
                        .add("https://shared.example.com/calendar/"));
        assertThat(helpdesk.get(servers).statusCode()).as("the entry is gone").isEqualTo(404);
        realm.edit(
                "/roles/" + TeamRealm.TEAM,
                role -> role.withObject("/attributes")
                        .putArray("mcp.team.servers")
                        .add("https://calendar.example.com/")
                        .add("https://shared.example.com/calendar/"));
        assertThat(helpdesk.get(servers).statusCode()).isEqualTo(200);
        realm.role("helpdesk", TeamRealm.TEAM, false);
        assertThat(helpdesk.get(servers).statusCode()).as("the role is gone").isEqualTo(403);
    }

    @Test
    void anAdminEventTellsWhatWasChangedAndByWhom() {
        realm.update("{\"adminEventsEnabled\": true, \"adminEventsDetailsEnabled\": true}");
        TeamRealm.declare(realm, clerk, "{\"uri\": \"" + CALENDAR + "\", \"owner\": \"Team Calendar\"}");
        JsonNode event =
                realm.read("/admin-events?resourcePath=mcp/servers/*&max=1").path(0);
        assertThat(event.path("resourcePath").asText()).isEqualTo("mcp/servers/" + CALENDAR);
        assertThat(event.path("operationType").asText()).isEqualTo("UPDATE");
        assertThat(event.path("authDetails").path("userId").asText()).isEqualTo(realm.userId("clerk"));
        assertThat(event.path("representation").asText()).contains("owner", "Team Calendar");
    }
}
