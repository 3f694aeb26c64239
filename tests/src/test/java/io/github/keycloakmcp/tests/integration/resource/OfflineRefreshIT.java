package io.github.keycloakmcp.tests.integration.resource;

import java.util.List;

import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.Jwt;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.DistributionKeycloak;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakServer;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

import static io.github.keycloakmcp.tests.integration.resource.RecordedRefusal.assertRecorded;
import static org.assertj.core.api.Assertions.assertThat;

/** Offline tokens live for months and survive the server; stock Keycloak loses what they were granted for. */
@KeycloakTest
@ResourceLock(KeycloakTest.SERVER)
class OfflineRefreshIT {

    private static final String SCOPE = "mcp:tools offline_access";

    private final McpRealm realm;
    private final McpClient client;

    OfflineRefreshIT(McpRealm realm) {
        this.realm = realm;
        this.client = McpClient.of(realm).registered(ClientMetadata.named("Offline"));
    }

    /** What a token that is sent twice at once is forgiven has a test of its own. */
    @BeforeAll
    static void endTheGrace(McpRealm realm) {
        new Catalogue(realm).set("refresh-token-grace", "0");
    }

    @Test
    void theBindingIsInTheRefreshTokenAndStaysOverManyRefreshes() {
        Tokens tokens = granted(Browser.of("alice"), McpRealm.SERVER_A);
        assertBound(tokens, McpRealm.SERVER_A);
        for (int i = 0; i < 3; i++) {
            tokens = client.refresh(tokens.refresh()).tokens();
            assertBound(tokens, McpRealm.SERVER_A);
        }
    }

    @Test
    void anotherServerIsRefusedAtEveryAgeAndCostsNothing() {
        Tokens tokens = granted(Browser.of("alice"), McpRealm.SERVER_A);
        for (int i = 0; i < 3; i++) {
            realm.clearEvents();
            ErrorAssertion.assertRefused(client.refresh(tokens.refresh(), McpRealm.SERVER_B), 400)
                    .hasError("invalid_target");
            assertRecorded(realm, "REFRESH_TOKEN_ERROR", "invalid_target", "resource was not granted");
            tokens = client.refresh(tokens.refresh(), McpRealm.SERVER_A).tokens();
            assertBound(tokens, McpRealm.SERVER_A);
        }
    }

    @Test
    void aRefreshTokenIsGoodForOneRefreshOnly() {
        Tokens tokens = granted(Browser.of("alice"), McpRealm.SERVER_A);
        client.refresh(tokens.refresh()).tokens();
        ErrorAssertion.assertRefused(client.refresh(tokens.refresh()), 400).hasError("invalid_grant");
    }

    @Test
    void bindingsSurviveARestartOfTheServer(KeycloakServer server) {
        Assumptions.assumeTrue(server instanceof DistributionKeycloak, "only a server of our own can be restarted");
        Browser browser = Browser.of("alice");
        Tokens first = granted(browser, McpRealm.SERVER_A);
        Tokens second = granted(browser, McpRealm.SERVER_B);
        server.restart();
        ErrorAssertion.assertRefused(client.refresh(first.refresh(), McpRealm.SERVER_B), 400)
                .hasError("invalid_target");
        assertBound(client.refresh(first.refresh()).tokens(), McpRealm.SERVER_A);
        assertBound(client.refresh(second.refresh()).tokens(), McpRealm.SERVER_B);
    }

    private Tokens granted(Browser browser, String server) {
        return client.obtain(browser, client.authorization().resource(server).scope(SCOPE));
    }

    private static void assertBound(Tokens tokens, String server) {
        TokenAssertion.assertThat(tokens).isFor(server).hasScopes("mcp:tools", "offline_access");
        Jwt refresh = Jwt.parse(tokens.refresh());
        assertThat(refresh.text("typ")).isEqualTo("Offline");
        assertThat(Json.texts(refresh.claims().path("mcp_resource"))).isEqualTo(List.of(server));
    }
}
