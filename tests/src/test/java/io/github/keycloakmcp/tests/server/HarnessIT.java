package io.github.keycloakmcp.tests.server;

import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Page;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The harness itself: a server starts, a realm is made, the actors get through Keycloak's own login and consent. */
@KeycloakTest
class HarnessIT {

    private static final String REDIRECT = "http://127.0.0.1:9999/callback";

    @BeforeAll
    static void addClient(McpRealm realm) {
        realm.clients().create("""
                        {"clientId": "harness", "publicClient": true, "consentRequired": true, "fullScopeAllowed": false,
                         "redirectUris": ["http://127.0.0.1/callback"], "standardFlowEnabled": true}
                        """);
    }

    @Test
    void aLoginIsAnEventOfTheRealm(McpRealm realm) {
        realm.clearEvents();
        McpClient client = McpClient.of(realm).identifiedBy("harness", null, REDIRECT);
        Tokens tokens = client.obtain(Browser.of("alice"), client.authorization());
        TokenAssertion.assertThat(tokens).hasClaim("azp", "harness");
        assertThat(realm.events("LOGIN")).hasSize(1).first().satisfies(event -> {
            assertThat(event.clientId()).contains("harness");
            assertThat(event.userId()).contains(realm.userId("alice"));
            assertThat(event.details()).containsEntry("username", "alice");
        });
    }

    @Test
    void aBrowserKeepsItsSessionAndItsConsent(McpRealm realm) {
        McpClient client = McpClient.of(realm).identifiedBy("harness", null, REDIRECT);
        Browser browser = Browser.of("bob");
        AuthorizationRequest request = client.authorization();
        Page consent = browser.reach(request);
        assertThat(consent.isConsent()).as(consent.text()).isTrue();
        ErrorAssertion.assertRefused(browser.deny(consent).answer()).hasError("access_denied");
        browser.forget();
        assertThat(browser.authorize(client.authorization()).hasCode()).isTrue();
        assertThat(browser.open(client.authorization().uri()).left()).isPresent();
    }

    @Test
    void refreshGivesANewToken(McpRealm realm) {
        McpClient client = McpClient.of(realm).identifiedBy("harness", null, REDIRECT);
        Tokens first = client.obtain(Browser.of("alice"), client.authorization());
        Tokens second = client.refresh(first.refresh()).tokens();
        assertThat(second.accessToken()).isNotEqualTo(first.accessToken());
        ErrorAssertion.assertRefused(client.refresh("nonsense"), 400).hasError("invalid_grant");
    }

    @Test
    void theServerShowsItsLog(KeycloakServer server) {
        if (server.hasLog()) {
            assertThat(server.logTail()).isNotEmpty();
        }
    }
}
