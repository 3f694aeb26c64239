package io.github.keycloakmcp.tests.integration.admin;

import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.TokenReply;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.github.keycloakmcp.tests.integration.admin.StockRealm.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

/** Tokens that are refused, or that an MCP server refuses: each symptom is provoked, and diagnosis names cause and fix. */
@KeycloakTest(demo = false)
class TokenSymptomsIT extends InStockRealm {

    private static final String OTHER = "https://more.example.com/mcp";

    private McpClient client;

    @BeforeAll
    void make() {
        enable();
        client = McpClient.of(realm).registered(ClientMetadata.named("Holder"));
    }

    @BeforeEach
    void enable() {
        realm.put("/mcp", "{\"servers\": [\"%s\", \"%s\"]}".formatted(SERVER, OTHER));
        realm.clearEvents();
    }

    @Test
    void aTokenForAnotherServerWasNotGranted() {
        AuthorizationRequest request = client.authorization().resource(SERVER);
        Form form = client.codeForm(request, Browser.of("alice").authorize(request));
        ErrorAssertion.assertRefused(client.token(form.with("resource", OTHER)), 400)
                .hasError("invalid_target");
        diagnose("").explainsLastRefusal("resource-not-granted", "log in again");
    }

    @Test
    void theServerOfARefreshTokenIsGone() {
        Tokens tokens = obtain();
        realm.delete("/mcp/servers?uri=" + SERVER);
        ErrorAssertion.assertRefused(client.refresh(tokens.refresh()), 400).hasError("invalid_grant");
        diagnose("?resource=" + SERVER)
                .names("resource-unknown", OTHER)
                .explainsLastRefusal("server-removed", "declare it again");
    }

    @Test
    void aUserWithoutTheRoleOfAServerGetsNoToken() {
        realm.clients().create("""
                {"clientId": "%s", "secret": "secret", "attributes": {"mcp.required-role": "editor"}}
                """.formatted(OTHER));
        AuthorizationRequest request = client.authorization().resource(OTHER);
        Browser alice = Browser.of("alice");
        ErrorAssertion.assertRefused(alice.press(alice.reach(request), "back").answer())
                .hasError("access_denied");
        diagnose("").explainsLastRefusal("role-missing", "assign the role");
        realm.clients().delete(OTHER);
    }

    @Test
    void aUserMayNotHaveOfflineTokens() {
        AdminApi.succeeded("DELETE", "/roles/offline_access", realm.delete("/roles/offline_access"));
        AuthorizationRequest request = client.authorization().resource(SERVER).scope("mcp:tools offline_access");
        TokenAssertion.assertThat(client.obtain(Browser.of("alice"), request))
                .isFor(SERVER)
                .hasScopes("mcp:tools")
                .lacksScopes("offline_access");
        realm.clients().create("""
                {"clientId": "plain", "publicClient": true, "redirectUris": ["%s"],
                 "defaultClientScopes": ["basic"], "optionalClientScopes": ["offline_access"]}
                """.formatted(ClientMetadata.LOOPBACK));
        McpClient plain = McpClient.of(realm).identifiedBy("plain", null, ClientMetadata.LOOPBACK);
        AuthorizationRequest asked = plain.authorization().scope("openid offline_access");
        assertThat(plain.redeem(asked, Browser.of("alice").authorize(asked)).status())
                .isEqualTo(400);
        diagnose("").explainsLastRefusal("offline-access-not-allowed", "offline_access", "assign the realm role");
        AdminApi.succeeded("POST", "/roles", realm.post("/roles", "{\"name\": \"offline_access\"}"));
        assign("alice", "offline_access");
        assertThat(plain.obtain(Browser.of("alice"), asked).refreshToken()).isPresent();
    }

    @Test
    void aRefreshTokenIsOver() {
        Tokens tokens = obtain();
        realm.logoutAll();
        ErrorAssertion.assertRefused(client.refresh(tokens.refresh()), 400).hasError("invalid_grant");
        diagnose("").explainsLastRefusal("refresh-ended", "login again");
        TokenAssertion.assertThat(client.refresh(obtain().refresh()).tokens()).isFor(SERVER);
    }

    @Test
    void aServerExchangesATokenThatIsNotForItsClient() {
        realm.clients().create("""
                {"clientId": "exchanger", "secret": "secret", "attributes": {"standard.token.exchange.enabled": "true"}}
                """);
        ErrorAssertion.assertRefused(exchange("exchanger"), 403).hasError("access_denied");
        diagnose("").explainsLastRefusal("exchange-outside-audience", "the server's URI as its client id");
        realm.clients().edit("exchanger", exchanger -> exchanger.put("clientId", SERVER));
        assertThat(exchange(SERVER).issued()).isTrue();
        realm.clients().delete(SERVER);
    }

    /** A token of alice, as an MCP server exchanges it for one of its own. */
    private TokenReply exchange(String as) {
        return McpClient.of(realm)
                .identifiedBy(as, "secret", ClientMetadata.LOOPBACK)
                .token(Form.of(
                        "grant_type",
                        "urn:ietf:params:oauth:grant-type:token-exchange",
                        "subject_token",
                        obtain().accessToken(),
                        "subject_token_type",
                        "urn:ietf:params:oauth:token-type:access_token"));
    }

    @Test
    void rolesAreMissingInTokens() {
        realm.post("/roles", "{\"name\": \"editor\"}");
        ArrayNode roles = assign("alice", "editor");
        assertThat(roles(obtain())).doesNotContain("editor");
        diagnose("").names("no-roles", "contain no roles", "forced-scopes");
        realm.scopes().create("{\"name\": \"editors\", \"protocol\": \"openid-connect\"}");
        String mapped = realm.scopes().path("editors") + "/scope-mappings/realm";
        AdminApi.succeeded("POST", mapped, realm.post(mapped, roles));
        force("mcp:tools", "editors");
        McpClient newer = McpClient.of(realm).registered(ClientMetadata.named("Registered with roles"));
        assertThat(roles(newer.obtain(Browser.of("alice"), newer.authorization().resource(SERVER))))
                .contains("editor");
        diagnose("").namesNone("no-roles", "role-on-mcp-scope");
        force("mcp:tools");
        realm.delete(realm.scopes().path("editors"));
        realm.delete("/roles/editor");
    }

    @Test
    void anMcpServerMissesTheScope() {
        realm.edit(
                realm.scopes().path("mcp:tools"),
                scope -> scope.withObject("/attributes").put("include.in.token.scope", "false"));
        assertThat(obtain().scopes()).doesNotContain("mcp:tools");
        diagnose("").names("scope-hidden", "mcp:tools", "insufficient_scope", "Include in token scope");
        realm.edit(
                realm.scopes().path("mcp:tools"),
                scope -> scope.withObject("/attributes").put("include.in.token.scope", "true"));
        diagnose("").namesNone("scope-hidden");
    }

    @Test
    void aDisabledClientGetsNothing() {
        McpClient disabled = McpClient.of(realm).registered(ClientMetadata.named("Disabled"));
        realm.clients().edit(disabled.clientId(), representation -> representation.put("enabled", false));
        assertThat(Browser.of("alice")
                        .open(disabled.authorization().resource(SERVER).uri())
                        .status())
                .isEqualTo(400);
        diagnose("?client=" + disabled.clientId()).names("client-disabled", disabled.clientId(), "Enabled");
        ErrorAssertion.assertRefused(McpClient.of(realm).register(ClientMetadata.named("Disabled")), 403);
        diagnose("").explainsLastRefusal("client-disabled", "enable the client");
    }

    private ArrayNode assign(String user, String role) {
        ArrayNode roles = Json.object().putArray("roles").add(realm.read("/roles/" + role));
        String granted = "/users/" + realm.userId(user) + "/role-mappings/realm";
        AdminApi.succeeded("POST", granted, realm.post(granted, roles));
        return roles;
    }

    /** As the console saves the registration policies. */
    private void force(String... scopes) {
        realm.setRegistration("forced-scopes", scopes);
    }

    private Tokens obtain() {
        return client.obtain(Browser.of("alice"), client.authorization().resource(SERVER));
    }

    private static List<String> roles(Tokens tokens) {
        return Json.texts(tokens.access().claims().path("realm_access").path("roles"));
    }

    private Diagnosis diagnose(String query) {
        return Diagnosis.of(realm, query);
    }
}
