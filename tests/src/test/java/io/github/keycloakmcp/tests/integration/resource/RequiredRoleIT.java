package io.github.keycloakmcp.tests.integration.resource;

import io.github.keycloakmcp.tests.client.AuthorizationReply;
import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Page;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.TokenReply;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.github.keycloakmcp.tests.integration.resource.RecordedRefusal.assertRecorded;
import static org.assertj.core.api.Assertions.assertThat;

/** An MCP server that not everybody may use: without its role there is no token for it, and no trace of one. */
@KeycloakTest
class RequiredRoleIT {

    private static final String ROLE = "uses-server-a";

    private final McpRealm realm;
    private final McpClient client;

    RequiredRoleIT(McpRealm realm) {
        this.realm = realm;
        this.client = McpClient.of(realm).registered(ClientMetadata.named("Role player"));
    }

    @BeforeAll
    static void makeServerAndRole(McpRealm realm) {
        AdminApi.succeeded("POST", "/roles", realm.post("/roles", "{\"name\": \"%s\"}".formatted(ROLE)));
        AdminApi.succeeded("POST", "/groups", realm.post("/groups", "{\"name\": \"%s\"}".formatted(ROLE)));
        String group = "/groups/"
                + realm.read("/groups?search=" + ROLE).path(0).path("id").asText();
        String roles = "[" + realm.read("/roles/" + ROLE) + "]";
        AdminApi.succeeded("POST", group, realm.post(group + "/role-mappings/realm", roles));
        realm.clients().create("""
                        {"clientId": "%s", "secret": "secret", "publicClient": false, "standardFlowEnabled": false,
                         "attributes": {"mcp.required-role": "%s"}}
                        """.formatted(McpRealm.SERVER_A, ROLE));
    }

    @BeforeEach
    void nobodyHasTheRole() {
        give("alice", false);
        realm.clearEvents();
    }

    @Test
    void aUserWithoutTheRoleGetsNoCode() {
        assertNoCode();
        assertRecorded(realm, "LOGIN_ERROR", "access_denied", "required role", ROLE, McpRealm.SERVER_A, "alice");
    }

    @Test
    void aRoleWithdrawnAfterConsentStopsTheRedemption() {
        give("alice", true);
        AuthorizationRequest request = client.authorization().resource(McpRealm.SERVER_A);
        AuthorizationReply reply = Browser.of("alice").authorize(request);
        give("alice", false);
        ErrorAssertion.assertRefused(client.redeem(request, reply), 400)
                .hasError("access_denied")
                .saying(McpRealm.SERVER_A);
        assertRecorded(realm, "CODE_TO_TOKEN_ERROR", "access_denied", "required role", ROLE);
    }

    @Test
    void aUserWithTheRoleGetsOne() {
        give("alice", true);
        Tokens tokens = redeemed("alice", McpRealm.SERVER_A).tokens();
        TokenAssertion.assertThat(tokens).isFor(McpRealm.SERVER_A).isOf("alice");
    }

    @Test
    void aServerWithoutARoleIsForEverybody() {
        TokenAssertion.assertThat(redeemed("alice", McpRealm.SERVER_B).tokens()).isFor(McpRealm.SERVER_B);
    }

    @Test
    void aWithdrawnRoleStopsTheNextRefreshAndCostsTheSessionNothing() {
        give("alice", true);
        Tokens tokens = redeemed("alice", McpRealm.SERVER_A).tokens();
        give("alice", false);
        ErrorAssertion.assertRefused(client.refresh(tokens.refresh()), 400).hasError("access_denied");
        assertRecorded(realm, "REFRESH_TOKEN_ERROR", "access_denied", "required role");
        give("alice", true);
        TokenAssertion.assertThat(client.refresh(tokens.refresh()).tokens()).isFor(McpRealm.SERVER_A);
    }

    @Test
    void aMachineClientNeedsTheRoleAsWell() {
        McpClient machine =
                McpClient.of(realm).identifiedBy("demo-machine", "demo-machine-secret", ClientMetadata.LOOPBACK);
        ErrorAssertion.assertRefused(machine.clientCredentials("mcp:tools", McpRealm.SERVER_A), 400)
                .hasError("access_denied");
        assertRecorded(realm, "CLIENT_LOGIN_ERROR", "access_denied", "required role");
        String account = realm.read(realm.clients().path("demo-machine") + "/service-account-user")
                .path("id")
                .asText();
        giveTo(account, true);
        TokenAssertion.assertThat(machine.clientCredentials("mcp:tools", McpRealm.SERVER_A)
                        .tokens())
                .isFor(McpRealm.SERVER_A);
        giveTo(account, false);
    }

    @Test
    void aRoleThatDoesNotExistLetsNobodyIn() {
        give("alice", true);
        require("no-such-role");
        assertNoCode();
        require(ROLE);
    }

    private void assertNoCode() {
        AuthorizationRequest request = client.authorization().resource(McpRealm.SERVER_A);
        Browser browser = Browser.of("alice");
        Page page = browser.reach(request);
        assertThat(page.has("#mcp-no-access")).as(page.text()).isTrue();
        assertThat(page.text()).contains(McpRealm.SERVER_A);
        AuthorizationReply reply = browser.press(page, "back").answer();
        ErrorAssertion.assertRefused(reply).hasError("access_denied").saying(McpRealm.SERVER_A);
        assertThat(reply.hasCode()).isFalse();
    }

    private TokenReply redeemed(String user, String resource) {
        AuthorizationRequest request = client.authorization().resource(resource);
        return client.redeem(request, Browser.of(user).authorize(request));
    }

    private void require(String role) {
        realm.clients()
                .edit(
                        McpRealm.SERVER_A,
                        server -> server.withObject("/attributes").put("mcp.required-role", role));
    }

    private void give(String user, boolean has) {
        giveTo(realm.userId(user), has);
    }

    private void giveTo(String userId, boolean has) {
        String group = realm.read("/groups?search=" + ROLE).path(0).path("id").asText();
        String path = "/users/" + userId + "/groups/" + group;
        AdminApi.succeeded(has ? "PUT" : "DELETE", path, has ? realm.put(path, "{}") : realm.delete(path));
    }
}
