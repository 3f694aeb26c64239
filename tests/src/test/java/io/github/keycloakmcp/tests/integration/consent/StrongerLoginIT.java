package io.github.keycloakmcp.tests.integration.consent;

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
import io.github.keycloakmcp.tests.server.Awaited;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A scope can demand a fresh or a stronger login; no way to the scope goes around it. */
@KeycloakTest
class StrongerLoginIT {

    private static final int FRESH_SECONDS = 10;

    private final McpRealm realm;
    private final McpClient client;
    private final Browser alice = Browser.of("alice");
    private final AuthorizationRequest plain;

    StrongerLoginIT(McpRealm realm) {
        this.realm = realm;
        this.client = McpClient.of(realm).registered(ClientMetadata.unique("Strong"));
        this.plain = client.authorization().resource(McpRealm.SERVER_A).scope("openid bank:read");
    }

    @BeforeAll
    static void declareScopes(McpRealm realm) {
        LeveledLogin.set(realm);
        AdminApi.succeeded(
                "PUT", "/mcp/servers", realm.put("/mcp/servers", """
                {"uri": "%s", "scopes": [
                  {"name": "bank:read"},
                  {"name": "bank:pay", "loginAcr": "gold"},
                  {"name": "bank:close", "loginAcr": "platinum"},
                  {"name": "bank:limit", "loginMaxAge": %d}]}
                """.formatted(McpRealm.SERVER_A, FRESH_SECONDS)));
    }

    @BeforeEach
    void nothingIsConsentedTo() {
        realm.revokeConsents("alice");
        realm.clearEvents();
    }

    @Test
    void aScopeWithALevelHasTheUserTakeTheFurtherStepAndOnlyIt() {
        client.obtain(alice, plain);
        Page step = alice.reach(plain.scope("openid bank:read bank:pay"));
        assertThat(step.isConsent()).as(step.text()).isTrue();
        Tokens tokens = client.redeem(plain, alice.accept(step).answer()).tokens();
        TokenAssertion.assertThat(tokens).isFor(McpRealm.SERVER_A).hasScopes("bank:read", "bank:pay");
        TokenAssertion.assertThat(client.refresh(tokens.refresh()).tokens()).hasScopes("bank:pay");
        assertThat(tokens.claim("acr")).isEqualTo("gold");
        assertThat(alice.open(plain.scope("openid bank:pay").uri()).answer().hasCode())
                .as("the level is reached")
                .isTrue();
    }

    @Test
    void aScopeWithoutALevelCostsNoFurtherStep() {
        Page page = alice.open(plain.uri());
        assertThat(alice.logIn(page).isConsent()).isTrue();
    }

    @Test
    void aClientThatRequestsALowerLevelIsRefused() {
        AuthorizationReply reply = alice.open(plain.scope("openid bank:pay")
                        .with("acr_values", "silver")
                        .uri())
                .answer();
        ErrorAssertion.assertRefused(reply).hasError("invalid_request");
        assertThat(realm.events("LOGIN_ERROR"))
                .anySatisfy(event -> assertThat(event.details()).containsEntry("mcp_refusal", "login-too-weak"));
        Page step = alice.reach(plain.scope("openid bank:pay").with("acr_values", "gold"));
        assertThat(step.isLogin()).as(step.text()).isTrue();
        assertThat(alice.logIn(step).isConsent()).isTrue();
    }

    @Test
    void aLevelThatTheRealmDoesNotKnowIsReachedByNobody() {
        Page page = alice.reach(plain.scope("openid bank:close"));
        assertThat(page.left().map(left -> page.answer().hasCode()).orElse(false))
                .isFalse();
        assertThat(page.isConsent()).isFalse();
    }

    @Test
    void aScopeWithAnAgeHasTheUserLogInAgain() {
        AuthorizationRequest fresh = plain.scope("openid bank:read bank:limit");
        client.obtain(alice, fresh);
        Awaited.untilAsserted(
                () -> assertThat(alice.open(fresh.prompt("none").uri()).answer().error())
                        .contains("login_required"));
        assertThat(alice.open(plain.uri()).answer().hasCode())
                .as("other scopes")
                .isTrue();
        Page login = alice.open(fresh.uri());
        assertThat(login.isLogin()).as(login.text()).isTrue();
        TokenAssertion.assertThat(
                        client.redeem(fresh, alice.logIn(login).answer()).tokens())
                .hasScopes("bank:limit");
    }

    @Test
    void noGrantWithoutALoginGetsSuchAScope() {
        realm.clients().create("""
                {"clientId": "direct", "secret": "direct-secret", "redirectUris": ["http://127.0.0.1/callback"],
                 "defaultClientScopes": ["basic", "mcp:tools"],
                 "optionalClientScopes": ["bank:read", "bank:pay", "bank:limit"],
                 "attributes": {"standard.token.exchange.enabled": "true"}}
                """);
        McpClient direct = McpClient.of(realm).identifiedBy("direct", "direct-secret", ClientMetadata.LOOPBACK);
        Tokens tokens = direct.obtain(
                alice, direct.authorization().resource(McpRealm.SERVER_A).scope("openid bank:read"));
        Form exchange = Form.of("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange")
                .with("subject_token", tokens.accessToken())
                .with("subject_token_type", "urn:ietf:params:oauth:token-type:access_token")
                .with("resource", McpRealm.SERVER_A);
        for (String scope : List.of("bank:pay", "bank:limit")) {
            ErrorAssertion.assertRefused(direct.token(exchange.with("scope", scope)), 400)
                    .hasError("invalid_scope");
            assertThat(realm.events("TOKEN_EXCHANGE_ERROR"))
                    .anySatisfy(event -> assertThat(event.details()).containsEntry("mcp_refusal", "scope-needs-login"));
            realm.clearEvents();
        }
        TokenAssertion.assertThat(
                        direct.token(exchange.with("scope", "bank:read")).tokens())
                .hasScopes("bank:read");
    }

    @Test
    void aMachineThatIsNobodyElseGetsTheScope() {
        realm.clients().create("""
                {"clientId": "robot", "secret": "robot-secret", "serviceAccountsEnabled": true,
                 "standardFlowEnabled": false, "defaultClientScopes": ["basic", "mcp:tools"],
                 "optionalClientScopes": ["bank:pay"]}
                """);
        McpClient robot = McpClient.of(realm).identifiedBy("robot", "robot-secret", "");
        TokenAssertion.assertThat(
                        robot.clientCredentials("bank:pay", McpRealm.SERVER_A).tokens())
                .hasScopes("bank:pay");
    }
}
