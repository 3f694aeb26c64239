package io.github.keycloakmcp.tests.integration.admin;

import java.net.URI;
import java.util.List;

import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.client.HttpReply;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.server.Awaited;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Who may look, who may change, and that nobody else learns anything. */
@KeycloakTest(demo = false)
class PermissionIT extends InStockRealm {

    private static final List<String> READS =
            List.of("", "/servers", "/servers/object?uri=x", "/clients", "/diagnosis");

    private McpRealm other;

    /** A client with a session, below /mcp/clients. */
    private String holder = "";

    @BeforeAll
    void make(McpRealm imported) {
        other = StockRealm.create(imported.server(), imported.name() + "-other");
        StockRealm.grant(realm, "chief", "realm-admin");
        StockRealm.grant(realm, "viewer", "view-realm", "view-clients");
        StockRealm.grant(realm, "clerk", "view-clients", "manage-clients");
        StockRealm.grant(other, "chief", "realm-admin");
        StockRealm.grant(realm, "caretaker", "view-realm", "manage-realm");
        realm.put("/mcp", "{\"servers\": [\"" + StockRealm.SERVER + "\"]}");
        McpClient client = McpClient.of(realm).registered(ClientMetadata.unique("Holder"));
        client.obtain(Browser.of("alice"), client.authorization().resource(StockRealm.SERVER));
        holder = realm.clients().path(client.clientId());
        // The time of use is written a few seconds later; what is compared must stand still before.
        Awaited.untilAsserted(() -> assertThat(realm.clients()
                        .get(client.clientId())
                        .path("attributes")
                        .has("mcp.last-used"))
                .isTrue());
    }

    @AfterAll
    void remove() {
        other.close();
    }

    @Test
    void theAdministratorOfTheRealmMayDoEverything() {
        Http chief = StockRealm.administrator(realm, "chief");
        READS.forEach(
                path -> assertThat(chief.get(uri(path)).statusCode()).as(path).isEqualTo(200));
        assertThat(chief.json("PUT", uri(""), "{}").statusCode()).isEqualTo(200);
        String client = realm.clients()
                .path(McpClient.of(realm)
                        .registered(ClientMetadata.unique("Managed"))
                        .clientId());
        assertThat(chief.json("PUT", uri(client), "{\"enabled\": false}").statusCode())
                .isEqualTo(200);
        assertThat(chief.json("POST", uri(client + "/logout"), "").statusCode()).isEqualTo(200);
        assertThat(chief.delete(uri(client)).statusCode()).isEqualTo(200);
        assertThat(chief.json("PUT", uri("/page"), "").statusCode()).isEqualTo(200);
        assertThat(chief.delete(uri("/page")).statusCode()).isLessThan(300);
    }

    @Test
    void whoMayOnlyLookLooks() {
        Http viewer = StockRealm.administrator(realm, "viewer");
        READS.forEach(
                path -> assertThat(viewer.get(uri(path)).statusCode()).as(path).isEqualTo(200));
        nobodyChanges(viewer, 403);
    }

    @Test
    void identityProvidersNeedTheirOwnRights() {
        StockRealm.grant(realm, "manager", "view-realm", "manage-realm", "view-clients", "manage-clients");
        for (String user : List.of("manager", "viewer")) {
            Http http = StockRealm.administrator(realm, user);
            silent(http.get(uri("/identity-providers")), 403);
            silent(http.get(uri("/identity-providers/any")), 403);
            silent(http.json("PUT", uri("/identity-providers/any"), "{\"users\": \"email\"}"), 403);
            silent(http.delete(uri("/identity-providers/any")), 403);
        }
        Http chief = StockRealm.administrator(realm, "chief");
        assertThat(chief.get(uri("/identity-providers")).statusCode()).isEqualTo(200);
        assertThat(chief.delete(uri("/identity-providers/any")).statusCode()).isEqualTo(404);
    }

    @Test
    void approvalsNeedTheRightsForUsers() {
        Http viewer = StockRealm.administrator(realm, "viewer");
        silent(viewer.get(uri("/approvals")), 403);
        silent(viewer.delete(uri("/approvals?user=alice")), 403);
        StockRealm.grant(realm, "auditor", "view-realm", "view-clients", "view-users");
        Http auditor = StockRealm.administrator(realm, "auditor");
        assertThat(auditor.get(uri("/approvals")).statusCode()).isEqualTo(200);
        silent(auditor.delete(uri("/approvals?user=alice")), 403);
        StockRealm.grant(realm, "helpdesk", "view-realm", "view-clients", "manage-users");
        Http helpdesk = StockRealm.administrator(realm, "helpdesk");
        assertThat(helpdesk.delete(uri("/approvals?user=alice&dryRun=true")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void clientsAloneAreNotEnough() {
        nobodyReads(StockRealm.administrator(realm, "clerk"), 403);
        nobodyChanges(StockRealm.administrator(realm, "clerk"), 403);
    }

    @Test
    void theRealmAloneIsNotEnough() {
        nobodyReads(StockRealm.administrator(realm, "caretaker"), 403);
        nobodyChanges(StockRealm.administrator(realm, "caretaker"), 403);
    }

    @Test
    void anAdministratorOfAnotherRealmIsNobodyHere() {
        nobodyReads(StockRealm.administrator(other, "chief"), 403);
        nobodyChanges(StockRealm.administrator(other, "chief"), 403);
    }

    @Test
    void aUserIsNobodyHere() {
        nobodyReads(StockRealm.administrator(realm, "alice"), 403);
        nobodyChanges(StockRealm.administrator(realm, "alice"), 403);
    }

    @Test
    void withoutAValidTokenNothingIsAnswered() {
        for (Http nobody : List.of(Http.plain(), Http.plain().with("Authorization", "Bearer nonsense"))) {
            nobodyReads(nobody, 401);
            nobodyChanges(nobody, 401);
        }
    }

    private void nobodyReads(Http http, int status) {
        READS.forEach(path -> silent(http.get(uri(path)), status));
        silent(http.get(uri("/approvals")), status);
    }

    private void nobodyChanges(Http http, int status) {
        String before = StockRealm.export(realm).toString();
        int sessions = realm.read(holder + "/session-count").path("count").asInt();
        silent(http.json("PUT", uri(""), "{\"maxClients\": 1}"), status);
        silent(http.json("PUT", uri("?dryRun=true"), "nonsense"), status);
        silent(http.json("POST", uri("/servers"), "{\"uri\": \"https://evil.example/mcp\"}"), status);
        silent(http.json("PUT", uri("/servers"), "{\"uri\": \"https://evil.example/mcp\"}"), status);
        silent(http.delete(uri("/servers?uri=" + StockRealm.SERVER)), status);
        silent(http.json("POST", uri("/servers/conversion"), ""), status);
        silent(http.delete(uri("/servers/conversion")), status);
        silent(http.delete(uri("/clients?vendor=loopback")), status);
        silent(http.delete(uri("/clients/unknown")), status);
        silent(http.json("PUT", uri(holder), "{\"enabled\": false}"), status);
        silent(http.json("PUT", uri("/clients/unknown"), "nonsense"), status);
        silent(http.json("POST", uri(holder + "/logout"), ""), status);
        silent(http.delete(uri(holder)), status);
        silent(http.json("PUT", uri("/identity-providers/evil"), "{\"users\": \"email\"}"), status);
        silent(http.delete(uri("/identity-providers/evil")), status);
        silent(http.delete(uri("/approvals?user=alice")), status);
        silent(http.json("PUT", uri("/page"), ""), status);
        silent(http.delete(uri("/page")), status);
        silent(http.delete(uri("")), status);
        assertThat(StockRealm.export(realm).toString()).isEqualTo(before);
        assertThat(realm.read(holder + "/session-count").path("count").asInt())
                .as("nobody was logged out")
                .isEqualTo(sessions)
                .isPositive();
    }

    private static void silent(HttpReply reply, int status) {
        assertThat(reply.statusCode()).as(reply.uri().toString()).isEqualTo(status);
        assertThat(reply.body()).doesNotContain("example", "mcp-", "servers", "member");
    }

    private URI uri(String path) {
        return URI.create(realm.server().url() + "/admin/realms/" + realm.name() + "/mcp" + path);
    }
}
