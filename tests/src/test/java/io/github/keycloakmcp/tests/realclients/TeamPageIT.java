package io.github.keycloakmcp.tests.realclients;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

import static org.assertj.core.api.Assertions.assertThat;

/** An administrator of a team in Chromium: the page has the servers of the team, and nothing of the realm. */
@KeycloakTest
@ResourceLock(NodeScript.COMPUTER)
class TeamPageIT {

    private static final String URI = "https://calendar.example.com/mcp";

    @Test
    void anAdministratorOfATeamSeesAndChangesItsOwnServers(McpRealm realm) {
        AdminApi.succeeded("POST", "/roles", realm.post("/roles", """
                {"name": "calendar-admins", "composite": true,
                 "composites": {"client": {"realm-management": ["query-realms"]}},
                 "attributes": {"mcp.team.servers": ["https://calendar.example.com/"], "mcp.team.scopes": ["calendar:"]}}
                """));
        realm.role("alice", "calendar-admins", true);
        AdminApi.succeeded("PUT", URI, realm.put("/mcp/servers", """
                {"uri": "%s", "name": "Calendar", "team": "calendar-admins",
                 "scopes": [{"name": "calendar:read", "text": "Read your calendar"},
                            {"name": "calendar:write", "roles": ["%s.editor"]}]}
                """.formatted(URI, URI)));
        McpClient client = McpClient.of(realm).registered(ClientMetadata.named("Claude <b>Code</b>"));
        client.obtain(Browser.of("bob"), client.authorization().resource(URI).scope("calendar:read"));
        Browser.of("bob").reach(client.authorization().resource(URI).scope("calendar:write"));

        JsonNode report = new NodeScript("team-page.mjs")
                .run(
                        "--page=" + AdminPageIT.switchOn(realm),
                        "--server=" + URI,
                        "--added=https://calendar.example.com/rooms",
                        "--pictures=" + Screenshots.named("admin-page-team").getParent());

        assertThat(Json.texts(report.path("problems"))).isEmpty();
        assertThat(Json.texts(report.path("parts"))).containsExactly("mcp-diagnosis", "mcp-servers");
        assertThat(Json.texts(report.path("servers"))).hasSize(2).allMatch(row -> row.contains(URI));
        assertThat(report.path("links").asInt())
                .as("links to a console in which a team has no rights")
                .isZero();
        assertThat(Json.texts(report.path("fields"))).containsExactly("resource", "metadata");
        assertThat(report.path("hint").asText()).contains("https://calendar.example.com/");
        assertThat(Json.texts(report.path("findings"))).anyMatch(text -> text.contains("resource-declared"));
        assertThat(Json.texts(report.path("refusals")))
                .singleElement()
                .asString()
                .contains("access_denied", URI + ".editor");
        assertThat(Json.texts(report.path("approvals")))
                .singleElement()
                .asString()
                .contains("bob", "Claude <b>Code</b>", "calendar:read");
        assertThat(Json.texts(report.path("faint"))).isEmpty();
        assertThat(report.path("width").asInt()).isLessThanOrEqualTo(400);
        assertThat(report.path("left").asInt()).isZero();
        assertThat(Json.texts(report.path("added")))
                .anyMatch(row -> row.contains("https://calendar.example.com/rooms"));
    }
}
