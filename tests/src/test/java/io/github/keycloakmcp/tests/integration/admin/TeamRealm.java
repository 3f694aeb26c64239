package io.github.keycloakmcp.tests.integration.admin;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.McpRealm;

/** A stock realm that is enabled for MCP and has two teams: {@code clerk} looks after the calendar, {@code caretaker} after pay. */
final class TeamRealm {

    static final String CALENDAR = "https://calendar.example.com/mcp";
    static final String PAY = "https://pay.example.com/mcp";
    static final String TEAM = "calendar-admins";

    private TeamRealm() {}

    static void make(McpRealm realm) {
        AdminApi.succeeded("PUT", "/mcp", realm.put("/mcp", "{\"servers\": [\"" + StockRealm.SERVER + "\"]}"));
        team(realm, TEAM, "\"https://calendar.example.com/\", \"https://shared.example.com/calendar/\"", "calendar:");
        team(realm, "pay-admins", "\"https://pay.example.com/\", \"https://calendar.example.com/pay/\"", "pay:");
        realm.role("clerk", TEAM, true);
        realm.role("caretaker", "pay-admins", true);
        StockRealm.grant(realm, "chief", "realm-admin");
        robot(realm, "robot");
        robot(realm, "stranger");
        String account = realm.read(realm.clients().path("robot") + "/service-account-user")
                .path("id")
                .asText();
        String path = "/users/" + account + "/role-mappings/realm";
        AdminApi.succeeded(
                "POST", path, realm.post(path, Json.object().putArray("roles").add(realm.read("/roles/" + TEAM))));
        declare(realm, StockRealm.administrator(realm, "clerk"), """
                {"uri": "%s", "name": "Calendar", "scopes": [{"name": "calendar:read", "text": "Read your calendar"}]}
                """.formatted(CALENDAR));
        declare(realm, StockRealm.administrator(realm, "caretaker"), """
                {"uri": "%s", "name": "Pay", "scopes": [{"name": "pay:read", "text": "Read what you earn"}]}
                """.formatted(PAY));
    }

    private static void team(McpRealm realm, String name, String servers, String scopes) {
        AdminApi.succeeded("POST", "/roles", realm.post("/roles", """
                {"name": "%s", "composite": true, "composites": {"client": {"realm-management": ["query-realms"]}},
                 "attributes": {"mcp.team.servers": [%s], "mcp.team.scopes": ["%s"]}}
                """.formatted(name, servers, scopes)));
    }

    private static void robot(McpRealm realm, String name) {
        realm.clients().create("""
                {"clientId": "%s", "secret": "secret", "serviceAccountsEnabled": true, "standardFlowEnabled": false}
                """.formatted(name));
    }

    /** Admin REST as a service account. */
    static Http robot(McpRealm realm, String name, String secret) {
        JsonNode answer = Json.parse(Http.plain()
                .post(
                        URI.create(realm.issuer() + "/protocol/openid-connect/token"),
                        Form.of("grant_type", "client_credentials", "client_id", name, "client_secret", secret))
                .body());
        return Http.plain()
                .with("Authorization", "Bearer " + answer.path("access_token").asText());
    }

    static JsonNode declare(McpRealm realm, Http http, String document) {
        var reply = http.json("PUT", uri(realm, "/servers"), document);
        if (reply.statusCode() != 200) {
            throw new IllegalStateException(reply.statusCode() + ": " + reply.body());
        }
        return Json.parse(reply.body());
    }

    static URI uri(McpRealm realm, String path) {
        return URI.create(realm.server().url() + "/admin/realms/" + realm.name() + "/mcp" + path);
    }

    static String encoded(String uri) {
        return URLEncoder.encode(uri, StandardCharsets.UTF_8);
    }
}
