package io.github.keycloakmcp.tests.integration.admin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.client.HttpReply;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.keycloakmcp.tests.integration.admin.TeamRealm.CALENDAR;
import static io.github.keycloakmcp.tests.integration.admin.TeamRealm.PAY;
import static org.assertj.core.api.Assertions.assertThat;

/** An administrator of a team sees and changes the team's own servers at every endpoint, and nothing else at any. */
@KeycloakTest(demo = false)
class TeamsIT extends InStockRealm {

    private static final String C = TeamRealm.encoded(CALENDAR);

    /** Method, path, body; the status for an administrator of the realm, the team of the calendar, another team, no team. */
    private static final List<String> TABLE = List.of(
            "GET    |                                       |                | 200 403 403 403",
            "PUT    | ?dryRun=true                          | {}             | 200 403 403 403",
            "PUT    |                                       | {}             | 200 403 403 403",
            "DELETE | ?dryRun=true                          |                | 200 403 403 403",
            "GET    | /access                               |                | 200 200 200 403",
            "GET    | /servers                              |                | 200 200 200 403",
            "POST   | /servers                              | {'uri': 'CAL'} | 200 200 403 403",
            "PUT    | /servers?dryRun=true                  | {'uri': 'CAL', 'name': 'X'} | 200 200 403 403",
            "PUT    | /servers                              | {'uri': 'CAL', 'description': 'X'} | 200 200 403 403",
            "PUT    | /servers?dryRun=true                  | {'uri': 'https://calendar.example.com/new'} | 200 200 403 403",
            "PUT    | /servers?dryRun=true                  | {'uri': 'https://free.example.com/new'} | 200 403 403 403",
            "DELETE | /servers?uri=unknown                  |                | 404 404 404 403",
            "GET    | /servers/object?uri=$C                |                | 200 200 404 403",
            "GET    | /servers/object?uri=unknown           |                | 200 404 404 403",
            "POST   | /servers/conversion?dryRun=true       |                | 200 403 403 403",
            "DELETE | /servers/conversion?dryRun=true       |                | 200 403 403 403",
            "GET    | /clients                              |                | 200 403 403 403",
            "DELETE | /clients?vendor=x.example&dryRun=true |                | 200 403 403 403",
            "PUT    | /clients/{id}                         | {'enabled': true} | 404 403 403 403",
            "DELETE | /clients/{id}                         |                | 404 403 403 403",
            "POST   | /clients/{id}/logout                  |                | 404 403 403 403",
            "GET    | /approvals                            |                | 200 404 404 403",
            "GET    | /approvals?user=alice                 |                | 200 404 404 403",
            "GET    | /approvals?server=$C                  |                | 200 200 404 403",
            "GET    | /approvals?server=$C&user=alice       |                | 200 200 404 403",
            "GET    | /approvals?server=$C&user=unknown     |                | 404 200 404 403",
            "GET    | /approvals?server=$C&client=unknown   |                | 404 200 404 403",
            "DELETE | /approvals                            |                | 400 404 404 403",
            "DELETE | /approvals?user=alice&dryRun=true     |                | 200 404 404 403",
            "DELETE | /approvals?server=$C&dryRun=true      |                | 200 200 404 403",
            "DELETE | /approvals?server=$C&user=unknown     |                | 404 200 404 403",
            "GET    | /diagnosis                            |                | 200 404 404 403",
            "GET    | /diagnosis?resource=$C                |                | 200 200 404 403",
            "GET    | /diagnosis?resource=$C&user=alice     |                | 200 403 403 403",
            "GET    | /diagnosis?resource=$C&client=vscode  |                | 200 403 403 403",
            "GET    | /identity-providers                   |                | 200 403 403 403",
            "GET    | /identity-providers/{alias}           |                | 404 403 403 403",
            "PUT    | /identity-providers/{alias}           | {'users': 'email'} | 400 403 403 403",
            "DELETE | /identity-providers/{alias}           |                | 404 403 403 403",
            "GET    | /page                                 |                | 200 403 403 403",
            "PUT    | /page                                 |                | 200 403 403 403",
            "DELETE | /page                                 |                | 200 403 403 403");

    @BeforeAll
    void make() {
        TeamRealm.make(realm);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyEndpointDecidesForEveryCaller(boolean fineGrainedPermissions) {
        realm.update("{\"adminPermissionsEnabled\": " + fineGrainedPermissions + "}");
        Map<String, Http> callers = Map.of(
                "0 chief", StockRealm.administrator(realm, "chief"),
                "1 clerk", StockRealm.administrator(realm, "clerk"),
                "1 robot", TeamRealm.robot(realm, "robot", "secret"),
                "2 caretaker", StockRealm.administrator(realm, "caretaker"),
                "3 alice", StockRealm.administrator(realm, "alice"),
                "3 stranger", TeamRealm.robot(realm, "stranger", "secret"));
        List<String> wrong = new ArrayList<>();
        callers.forEach((caller, http) -> TABLE.forEach(row -> {
            String[] cells = row.split("\\|", -1);
            String method = cells[0].strip();
            String expected = cells[3].strip().split(" ", -1)[Character.digit(caller.charAt(0), 10)];
            boolean refusedChange = expected.startsWith("40") && !method.equals("GET");
            String before = refusedChange ? StockRealm.export(realm).toString() : "";
            HttpReply reply = http.json(method, TeamRealm.uri(realm, path(cells[1])), filled(cells[2]));
            if (!expected.equals(Integer.toString(reply.statusCode()))) {
                wrong.add(caller + " " + row + " was " + reply.statusCode() + " " + reply.body());
            }
            if (expected.startsWith("40") && !caller.startsWith("0")) {
                assertThat(reply.body()).as(row).doesNotContain("Calendar", "alice", "vscode", StockRealm.SERVER);
            }
            if (refusedChange) {
                assertThat(StockRealm.export(realm).toString()).as(row).isEqualTo(before);
            }
        }));
        assertThat(wrong).isEmpty();
    }

    @Test
    void theTableHasEveryEndpointOfTheApi() throws IOException {
        List<String> documented = new ArrayList<>();
        String path = "";
        for (String line : Files.readAllLines(Path.of("../docs/admin-api.yaml"))) {
            Matcher at = Pattern.compile("  (/\\S*):").matcher(line);
            Matcher verb = Pattern.compile("    (get|put|post|delete):").matcher(line);
            if (at.matches()) {
                path = at.group(1).replaceFirst("^/$", "");
            } else if (verb.matches()) {
                documented.add(verb.group(1).toUpperCase(Locale.ROOT) + " " + path);
            }
        }
        List<String> tested = TABLE.stream()
                .map(row -> row.split("\\|", -1))
                .map(cells -> cells[0].strip() + " " + cells[1].strip().replaceFirst("\\?.*", ""))
                .toList();
        assertThat(new TreeSet<>(tested)).isEqualTo(new TreeSet<>(documented));
    }

    @Test
    void aTeamSeesItsOwnServersOnly() {
        JsonNode servers = get("clerk", "/servers");
        assertThat(servers.findValuesAsText("uri")).contains(CALENDAR).allMatch(uri -> uri.contains("//calendar."));
        assertThat(get("clerk", "/servers?search=pay")).isEmpty();
        assertThat(get("clerk", "/servers?first=1&max=10")).hasSizeLessThan(servers.size());
        assertThat(get("caretaker", "/servers").findValuesAsText("uri")).containsOnly(PAY);
        assertThat(get("chief", "/servers").findValuesAsText("uri")).contains(CALENDAR, PAY, StockRealm.SERVER);
        assertThat(get("clerk", "/access").path("view").asBoolean()).isFalse();
        assertThat(get("clerk", "/access").path("teams").findValuesAsText("name"))
                .containsExactly(TeamRealm.TEAM);
        assertThat(get("chief", "/access").path("manage").asBoolean()).isTrue();
        assertThat(StockRealm.administrator(realm, "caretaker")
                        .delete(TeamRealm.uri(realm, "/servers?uri=" + C))
                        .statusCode())
                .isEqualTo(404);
        assertThat(StockRealm.administrator(realm, "alice")
                        .delete(TeamRealm.uri(realm, "/servers?uri=" + C))
                        .statusCode())
                .isEqualTo(403);
        assertThat(get("clerk", "/servers").findValuesAsText("uri")).contains(CALENDAR);
    }

    @Test
    void aTeamSeesAndTakesBackTheApprovalsOfItsServerOnly() {
        McpClient client = McpClient.of(realm).registered(ClientMetadata.unique("Team"));
        Tokens calendar = client.obtain(
                Browser.of("alice"), client.authorization().resource(CALENDAR).scope("calendar:read"));
        client.obtain(Browser.of("alice"), client.authorization().resource(PAY).scope("pay:read"));
        JsonNode approvals = get("clerk", "/approvals?server=" + C).path("approvals");
        assertThat(approvals.findValuesAsText("server")).containsExactly(CALENDAR);
        assertThat(approvals.findValuesAsText("username")).containsExactly("alice");
        assertThat(get("clerk", "/approvals?server=" + C + "&user=bob").path("approvals"))
                .isEmpty();
        HttpReply revoked =
                StockRealm.administrator(realm, "clerk").delete(TeamRealm.uri(realm, "/approvals?server=" + C));
        assertThat(Json.parse(revoked.body()).path("revoked").asInt()).isOne();
        assertThat(client.refresh(calendar.refresh()).status()).isEqualTo(400);
        assertThat(get("caretaker", "/approvals?server=" + TeamRealm.encoded(PAY))
                        .path("approvals"))
                .as("the approval at the server of the other team stays")
                .hasSize(1);
    }

    @Test
    void aTeamSeesWhatWasRefusedAtItsServerOnly() {
        TeamRealm.declare(realm, StockRealm.administrator(realm, "clerk"), """
                {"uri": "https://calendar.example.com/closed", "requiredRole": "https://calendar.example.com/closed.user"}
                """);
        McpClient client = McpClient.of(realm).registered(ClientMetadata.unique("Refused"));
        Browser.of("alice").reach(client.authorization().resource("https://calendar.example.com/closed"));
        JsonNode diagnosis =
                get("clerk", "/diagnosis?resource=" + TeamRealm.encoded("https://calendar.example.com/closed"));
        assertThat(diagnosis.path("refusals").findValuesAsText("code")).containsExactly("role-missing");
        assertThat(diagnosis.path("findings").findValuesAsText("id")).containsExactly("resource-declared");
        assertThat(diagnosis.path("keycloak").isMissingNode()).isTrue();
        assertThat(diagnosis.toString()).doesNotContain("pay.example", StockRealm.SERVER);
        assertThat(get("clerk", "/diagnosis?resource=" + C).path("refusals")).isEmpty();
        assertThat(get("caretaker", "/diagnosis?resource=" + TeamRealm.encoded(PAY))
                        .path("refusals"))
                .isEmpty();
    }

    private JsonNode get(String user, String path) {
        HttpReply reply = StockRealm.administrator(realm, user).get(TeamRealm.uri(realm, path));
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return Json.parse(reply.body());
    }

    private static String path(String cell) {
        return cell.strip().replace("$C", C).replace("{id}", "unknown").replace("{alias}", "unknown");
    }

    private static String filled(String cell) {
        return cell.strip().replace('\'', '"').replace("CAL", CALENDAR);
    }
}
