package io.github.keycloakmcp.tests.integration.resource;

import java.util.List;

import io.github.keycloakmcp.tests.client.AuthorizationReply;
import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Page;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.github.keycloakmcp.tests.integration.resource.RecordedRefusal.assertRecorded;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A role on the MCP scope. Keycloak drops the scope without a word for users who do not have the role; here the user reads
 * which server and which role it is, no code is issued, and no token is without an audience.
 */
@KeycloakTest
class ScopeRoleIT {

    private static final String ROLE = "mcp-user";

    private final McpRealm realm;
    private final McpClient client;

    ScopeRoleIT(McpRealm realm) {
        this.realm = realm;
        this.client = McpClient.of(realm).registered(ClientMetadata.named("Role on scope"));
    }

    @BeforeAll
    static void requireTheRole(McpRealm realm) {
        AdminApi.succeeded("POST", "/roles", realm.post("/roles", "{\"name\": \"%s\"}".formatted(ROLE)));
        AdminApi.succeeded("POST", "/groups", realm.post("/groups", "{\"name\": \"%s\"}".formatted(ROLE)));
        String role = "[" + realm.read("/roles/" + ROLE) + "]";
        String group = group(realm) + "/role-mappings/realm";
        AdminApi.succeeded("POST", group, realm.post(group, role));
        String scope = realm.scopes().path("mcp:tools") + "/scope-mappings/realm";
        AdminApi.succeeded("POST", scope, realm.post(scope, role));
    }

    @BeforeEach
    void clearEvents() {
        realm.clearEvents();
    }

    @Test
    void aUserWithoutTheRoleSeesServerAndRoleAndNoCodeIsIssued() {
        AuthorizationRequest request = client.authorization().resource(McpRealm.SERVER_A);
        Browser browser = Browser.of("alice");
        Page page = browser.reach(request);
        assertThat(page.isConsent()).isFalse();
        assertThat(page.has("#mcp-no-access")).as(page.text()).isTrue();
        assertThat(page.text()).contains(McpRealm.SERVER_A, ROLE);
        assertRecorded(realm, "LOGIN_ERROR", "access_denied", McpRealm.SERVER_A, ROLE, "alice");
        AuthorizationReply reply = browser.press(page, "back").answer();
        reply.check(request, realm.issuer());
        assertThat(reply.hasCode()).isFalse();
        ErrorAssertion.assertRefused(reply).hasError("access_denied").saying(McpRealm.SERVER_A);
    }

    @Test
    void withoutAPageTheClientIsToldThatTheUserHasToAct() {
        Browser browser = Browser.of("alice");
        browser.reach(client.authorization().resource(McpRealm.SERVER_A));
        AuthorizationRequest silent =
                client.authorization().resource(McpRealm.SERVER_A).prompt("none");
        AuthorizationReply reply = browser.open(silent.uri()).answer();
        assertThat(reply.hasCode()).isFalse();
    }

    @Test
    void aUserWithTheRoleGetsATokenAndLosesTheNextOneWithTheRole() {
        give("alice", true);
        try {
            Tokens tokens =
                    client.obtain(Browser.of("alice"), client.authorization().resource(McpRealm.SERVER_A));
            TokenAssertion.assertThat(tokens).isFor(McpRealm.SERVER_A);
            give("alice", false);
            realm.clearEvents();
            ErrorAssertion.assertRefused(client.refresh(tokens.refresh()), 400).hasError("access_denied");
            assertRecorded(realm, "REFRESH_TOKEN_ERROR", "access_denied", ROLE);
        } finally {
            give("alice", false);
        }
    }

    @Test
    void aRoleThatIsWithdrawnAfterConsentStopsTheRedemption() {
        give("alice", true);
        AuthorizationRequest request = client.authorization().resource(McpRealm.SERVER_A);
        Form form = client.codeForm(request, Browser.of("alice").authorize(request));
        give("alice", false);
        realm.clearEvents();
        ErrorAssertion.assertRefused(client.token(form), 400).hasError("access_denied");
        assertRecorded(realm, "CODE_TO_TOKEN_ERROR", "access_denied", ROLE);
    }

    @Test
    void aMachineWithoutTheRoleGetsNoTokenWhateverItNames() {
        McpClient machine = McpClient.of(realm).identifiedBy("demo-machine", "demo-machine-secret", "");
        for (String resource : List.of(McpRealm.SERVER_A, "https://evil.example/mcp")) {
            realm.clearEvents();
            ErrorAssertion.assertRefused(machine.clientCredentials("mcp:tools", resource), 400)
                    .hasError("access_denied");
            assertRecorded(realm, "CLIENT_LOGIN_ERROR", "access_denied", ROLE);
        }
        ErrorAssertion.assertRefused(machine.clientCredentials("mcp:tools"), 400)
                .hasError("access_denied");
    }

    @Test
    void aResourceWithoutTheOptionalScopeThatOpensItIsRefusedBeforeTheLogin() {
        realm.clients().create("""
                        {"clientId": "optional", "publicClient": true, "redirectUris": ["%s"],
                         "defaultClientScopes": ["basic", "profile"], "optionalClientScopes": ["mcp:tools"]}
                        """.formatted(ClientMetadata.LOOPBACK));
        McpClient optional = McpClient.of(realm).identifiedBy("optional", null, ClientMetadata.LOOPBACK);
        AuthorizationRequest request = optional.authorization().resource(McpRealm.SERVER_A);
        AuthorizationReply reply = Browser.of("alice").open(request.uri()).answer();
        ErrorAssertion.assertRefused(reply).hasError("invalid_target").saying("mcp:tools");
        assertRecorded(realm, "LOGIN_ERROR", "invalid_target", "mcp:tools");
    }

    @Test
    void aClientThatLostTheScopeIsRefusedAndAMachineToo() {
        String scope = realm.scopes().get("mcp:tools").path("id").asText();
        String of = realm.clients().path(client.clientId()) + "/default-client-scopes/" + scope;
        AdminApi.succeeded("DELETE", of, realm.delete(of));
        AuthorizationRequest request = client.authorization().resource(McpRealm.SERVER_A);
        AuthorizationReply reply = Browser.of("alice").open(request.uri()).answer();
        ErrorAssertion.assertRefused(reply).hasError("invalid_target").saying(McpRealm.SERVER_A);
        realm.clients().create("""
                        {"clientId": "machine-without-scope", "secret": "secret", "publicClient": false,
                         "serviceAccountsEnabled": true, "fullScopeAllowed": false, "defaultClientScopes": ["basic"]}
                        """);
        McpClient machine = McpClient.of(realm).identifiedBy("machine-without-scope", "secret", "");
        ErrorAssertion.assertRefused(machine.clientCredentials("", McpRealm.SERVER_A), 400)
                .hasError("invalid_target")
                .saying("no scope that grants access to");
    }

    private void give(String user, boolean has) {
        String path = "/users/" + realm.userId(user) + group(realm);
        AdminApi.succeeded(has ? "PUT" : "DELETE", path, has ? realm.put(path, "{}") : realm.delete(path));
    }

    private static String group(McpRealm realm) {
        return "/groups/"
                + realm.read("/groups?search=" + ROLE).path(0).path("id").asText();
    }
}
