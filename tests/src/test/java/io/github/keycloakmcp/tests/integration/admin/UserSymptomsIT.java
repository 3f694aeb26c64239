package io.github.keycloakmcp.tests.integration.admin;

import java.net.URI;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static io.github.keycloakmcp.tests.integration.admin.StockRealm.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

/** What keeps one user from getting a token: each is provoked, and diagnosis names user, role and fix. */
@KeycloakTest(demo = false)
class UserSymptomsIT extends InStockRealm {

    private static final String ALICE = "?user=alice&client=vscode&resource=" + SERVER;

    /** Its client is there before anything asks for it, which the server remembers for some seconds. */
    private static final String LIMITED = "https://limited.example.com/mcp";

    @BeforeAll
    void enable() {
        realm.put("/mcp", "{\"servers\": [\"" + SERVER + "\", \"" + LIMITED + "\"]}");
        realm.post("/roles", "{\"name\": \"editor\"}");
    }

    @Test
    void aUserWithoutTheRoleOfTheServerIsNamedWithTheRole() {
        realm.clients().create("""
                {"clientId": "%s", "secret": "secret", "attributes": {"mcp.required-role": "editor"}}
                """.formatted(LIMITED));
        assertThat(flow(LIMITED).getsIn()).isFalse();
        Diagnosis.of(realm, "?user=alice&resource=" + LIMITED)
                .isRed()
                .names("user-without-role", "alice", "editor", LIMITED, "Role mapping")
                .explainsLastRefusal("role-missing", "assign the role");
        assertThat(Diagnosis.of(realm, "").answer().at("/refusals/0/role").asText())
                .isEqualTo("editor");
        assertThat(Diagnosis.of(realm, "").answer().at("/refusals/0/user").asText())
                .isEqualTo("alice");
        assertThat(realm.events("LOGIN_ERROR").get(0).details()).containsEntry("mcp_role", "editor");
        give("editor", true);
        Diagnosis.of(realm, "?user=alice&resource=" + LIMITED).isGreen().names("user-has-access", "alice", LIMITED);
        assertThat(flow(LIMITED).end()).isEqualTo("token");
        give("editor", false);
        realm.clients().delete(LIMITED);
    }

    @Test
    void aUserWithoutTheRoleOfTheScopeIsNamedWithTheRole() {
        ArrayNode roles = Json.object().putArray("roles").add(realm.read("/roles/editor"));
        String mapped = realm.scopes().path("mcp:tools") + "/scope-mappings/realm";
        AdminApi.succeeded("POST", mapped, realm.post(mapped, roles));
        assertThat(flow(SERVER).getsIn()).isFalse();
        Diagnosis.of(realm, ALICE)
                .isRed()
                .names("role-on-mcp-scope", "mcp:tools")
                .names("user-without-role", "alice", "editor", "Client scopes");
        give("editor", true);
        Diagnosis.of(realm, ALICE).isGreen().names("user-has-access");
        assertThat(flow(SERVER).end()).isEqualTo("token");
        give("editor", false);
        AdminApi.succeeded("DELETE", mapped, realm.delete(mapped, roles));
    }

    @Test
    void anAccountThatCannotBeUsedIsNamed() {
        user("{\"enabled\": false}");
        Diagnosis.of(realm, ALICE).isRed().names("user-disabled", "alice");
        user("{\"enabled\": true, \"requiredActions\": [\"UPDATE_PASSWORD\"]}");
        assertThat(flow(SERVER).getsIn()).isFalse();
        Diagnosis.of(realm, ALICE).names("user-has-to-act", "alice", "UPDATE_PASSWORD");
        user("{\"requiredActions\": []}");
        Diagnosis.of(realm, ALICE).isGreen().namesNone("user-disabled", "user-has-to-act");
        Diagnosis.of(realm, "?user=nobody").isRed().names("user-unknown", "nobody");
    }

    @Test
    void offlineAccessIsARoleOfItsOwn() {
        Diagnosis.of(realm, ALICE).namesNone("user-without-offline-access");
        give("default-roles-" + realm.name(), false);
        Diagnosis.of(realm, ALICE).names("user-without-offline-access", "alice", "offline_access");
        give("default-roles-" + realm.name(), true);
    }

    @Test
    void onlyWhoMayViewUsersMayAskAboutOne() {
        StockRealm.grant(realm, "viewer", "view-realm", "view-clients");
        URI address = URI.create(realm.server().url() + "/admin/realms/" + realm.name() + "/mcp/diagnosis" + ALICE);
        assertThat(StockRealm.administrator(realm, "viewer").get(address).statusCode())
                .isEqualTo(403);
        StockRealm.grant(realm, "viewer", "view-users");
        assertThat(StockRealm.administrator(realm, "viewer").get(address).statusCode())
                .isEqualTo(200);
    }

    private RealFlow flow(String resource) {
        return RealFlow.of(realm, ClientMetadata.unique("Of alice"), resource);
    }

    private void give(String role, boolean has) {
        realm.role("alice", role, has);
    }

    private void user(String json) {
        String path = "/users/" + realm.userId("alice");
        AdminApi.succeeded("PUT", path, realm.put(path, json));
    }
}
