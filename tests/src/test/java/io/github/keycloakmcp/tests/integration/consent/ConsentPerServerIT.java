package io.github.keycloakmcp.tests.integration.consent;

import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Page;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.github.keycloakmcp.tests.server.McpRealm.SERVER_A;
import static io.github.keycloakmcp.tests.server.McpRealm.SERVER_B;
import static org.assertj.core.api.Assertions.assertThat;

/** A user is asked once for each client and MCP server, and again when the consent was taken back. */
@KeycloakTest(variables = "MCP_DEFAULT_SERVER=" + SERVER_B)
class ConsentPerServerIT {

    private final McpRealm realm;
    private final McpClient client;
    private final Browser alice = Browser.of("alice");

    ConsentPerServerIT(McpRealm realm) {
        this.realm = realm;
        this.client = McpClient.of(realm).registered(ClientMetadata.unique("Asking"));
    }

    @BeforeEach
    void nothingIsConsentedTo() {
        realm.revokeConsents("alice");
    }

    @Test
    void aServerIsAskedForOnceWhateverTheBrowser() {
        assertThat(asks(alice, SERVER_A)).isTrue();
        assertThat(asks(alice, SERVER_A)).isFalse();
        assertThat(asks(Browser.of("alice"), SERVER_A)).isFalse();
    }

    @Test
    void aSecondServerIsAskedForAgainAndBothAreRemembered() {
        asks(alice, SERVER_A);
        assertThat(asks(alice, SERVER_B)).isTrue();
        assertThat(asks(alice, SERVER_A)).isFalse();
        assertThat(asks(alice, SERVER_B)).isFalse();
    }

    @Test
    void anApprovalIsOfOneUserAndOneClient() {
        asks(alice, SERVER_A);
        assertThat(asks(Browser.of("bob"), SERVER_A)).isTrue();
        McpClient other = McpClient.of(realm).registered(ClientMetadata.unique("Other"));
        assertThat(alice.reach(other.authorization().resource(SERVER_A)).isConsent())
                .isTrue();
    }

    @Test
    void aServerThatWasDeniedIsAskedForAgain() {
        asks(alice, SERVER_A);
        assertThat(alice.refuse(client.authorization().resource(SERVER_B)).error())
                .contains("access_denied");
        assertThat(asks(alice, SERVER_B)).isTrue();
    }

    @Test
    void aPageThatWasShownIsNoApproval() {
        asks(alice, SERVER_A);
        alice.reach(client.authorization().resource(SERVER_B));
        assertThat(asks(alice, SERVER_B)).isTrue();
    }

    @Test
    void noResourceMeansTheDefaultServer() {
        assertThat(alice.reach(client.authorization()).text()).contains(SERVER_B);
        alice.authorize(client.authorization());
        assertThat(asks(alice, SERVER_B)).isFalse();
        assertThat(asks(alice, SERVER_A)).isTrue();
    }

    @Test
    void anotherSpellingIsTheSameServer() {
        asks(alice, SERVER_A);
        assertThat(asks(alice, SERVER_A.replace("http", "HTTP") + "/")).isFalse();
    }

    @Test
    void aRevokedConsentTakesEveryServerWithIt() {
        asks(alice, SERVER_A);
        asks(alice, SERVER_B);
        realm.revokeConsents("alice");
        assertThat(asks(alice, SERVER_A)).isTrue();
        assertThat(asks(alice, SERVER_B))
                .as("consenting anew to one brings no other back")
                .isTrue();
    }

    @Test
    void anAdministratorWhoSavesTheUserChangesNothing() {
        asks(alice, SERVER_A);
        realm.edit("/users/" + realm.userId("alice"), user -> user.put("lastName", "Edited"));
        assertThat(asks(alice, SERVER_A)).isFalse();
    }

    @Test
    void aClientThatMustNotDisturbIsToldThatTheUserHasToBeAsked() {
        asks(alice, SERVER_A);
        assertThat(alice.authorize(client.authorization().resource(SERVER_A).prompt("none"))
                        .hasCode())
                .isTrue();
        assertThat(alice.authorize(client.authorization().resource(SERVER_B).prompt("none"))
                        .error())
                .contains("interaction_required");
    }

    @Test
    void aClientMayHaveTheUserAskedAlways() {
        asks(alice, SERVER_A);
        assertThat(alice.reach(client.authorization().resource(SERVER_A).prompt("consent"))
                        .isConsent())
                .isTrue();
    }

    @Test
    void aClientThatHasTheUserLogInAgainStillHasTheNewServerAskedFor() {
        asks(alice, SERVER_A);
        Page login = alice.open(
                client.authorization().resource(SERVER_B).prompt("login").uri());
        assertThat(login.isLogin()).as(login.text()).isTrue();
        assertThat(alice.logIn(login).isConsent()).isTrue();
        Page again = alice.open(
                client.authorization().resource(SERVER_A).prompt("login").uri());
        assertThat(alice.logIn(again).answer().hasCode()).isTrue();
    }

    @Test
    void twoLoginsAtOnceAreEachForTheirServer() {
        Page first = alice.reach(client.authorization().resource(SERVER_A));
        Page second = alice.reach(client.authorization().resource(SERVER_B));
        alice.accept(first).answer().code();
        assertThat(second.isConsent()).isTrue();
        assertThat(asks(alice, SERVER_B)).isTrue();
        assertThat(asks(alice, SERVER_A)).isFalse();
    }

    @Test
    void aScopeThatWasGivenForOneServerIsAskedForAgainForAnother() {
        asks(alice, SERVER_B);
        AuthorizationRequest more = client.authorization().resource(SERVER_A).scope("openid mcp:tools phone");
        alice.accept(alice.reach(more)).answer().code();
        assertThat(alice.reach(more).answer().hasCode()).isTrue();
        assertThat(asks(alice, SERVER_B)).isFalse();
        assertThat(alice.reach(more.resource(SERVER_B)).isConsent()).isTrue();
    }

    @Test
    void aRealmWithAThemeOfItsOwnAsksForEachServerToo() {
        realm.update("{\"loginTheme\": \"keycloak.v2\"}");
        try {
            assertThat(asks(alice, SERVER_A)).isTrue();
            assertThat(asks(alice, SERVER_B)).isTrue();
            assertThat(asks(alice, SERVER_A)).isFalse();
        } finally {
            realm.update("{\"loginTheme\": \"mcp\"}");
        }
    }

    @Test
    void aClientThatHasNothingToDoWithMcpIsLeftAlone() {
        realm.clients().create("""
                        {"clientId": "plain", "publicClient": true, "consentRequired": true,
                         "redirectUris": ["https://app.example.com/cb"],
                         "defaultClientScopes": ["basic", "profile"], "optionalClientScopes": []}
                        """);
        McpClient plain = McpClient.of(realm).identifiedBy("plain", null, "https://app.example.com/cb");
        Page page = alice.reach(plain.authorization());
        assertThat(page.isConsent()).as(page.text()).isTrue();
        assertThat(page.has("#mcp-who")).isFalse();
        alice.accept(page).answer().code();
        assertThat(alice.reach(plain.authorization().resource(SERVER_A))
                        .answer()
                        .hasCode())
                .isTrue();
    }

    @Test
    void whatWasApprovedIsWhatTheTokenIsFor() {
        TokenAssertion.assertThat(client.obtain(alice, client.authorization().resource(SERVER_B)))
                .isFor(SERVER_B);
    }

    /** Goes through an authorization, allowing; tells whether the user had to be asked. */
    private boolean asks(Browser browser, String server) {
        Page page = browser.reach(client.authorization().resource(server));
        if (page.isConsent()) {
            browser.accept(page).answer().code();
            return true;
        }
        page.answer().code();
        return false;
    }
}
