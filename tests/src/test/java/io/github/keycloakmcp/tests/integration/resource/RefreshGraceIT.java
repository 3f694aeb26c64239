package io.github.keycloakmcp.tests.integration.resource;

import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A client that sends one refresh token twice at once keeps its session, whichever of the two answers it goes on with;
 * whoever comes later with a used token ends it.
 */
@KeycloakTest
@ResourceLock(KeycloakTest.SERVER)
class RefreshGraceIT {

    /** Longer than a test on a busy machine. */
    private static final String GRACE = "60";

    private static final int SHORT_GRACE = 3;

    private final Catalogue catalogue;
    private final McpClient client;

    RefreshGraceIT(McpRealm realm) {
        this.catalogue = new Catalogue(realm);
        this.client = McpClient.of(realm).registered(ClientMetadata.named("Hasty"));
    }

    @BeforeEach
    void giveGrace() {
        catalogue.set("refresh-token-grace", GRACE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mcp:tools", "mcp:tools offline_access"})
    void theFirstOfTwoAnswersCanBeUsed(String scope) {
        Tokens granted = granted(scope);
        Tokens first = client.refresh(granted.refresh()).tokens();
        client.refresh(granted.refresh()).tokens();
        TokenAssertion.assertThat(client.refresh(first.refresh()).tokens()).isFor(McpRealm.SERVER_A);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mcp:tools", "mcp:tools offline_access"})
    void theSecondOfTwoAnswersCanBeUsedThoughTheyAreSecondsApart(String scope) throws InterruptedException {
        Tokens granted = granted(scope);
        client.refresh(granted.refresh()).tokens();
        Thread.sleep(1_100); // Keycloak compares whole seconds
        Tokens second = client.refresh(granted.refresh()).tokens();
        TokenAssertion.assertThat(client.refresh(second.refresh()).tokens()).isFor(McpRealm.SERVER_A);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mcp:tools", "mcp:tools offline_access"})
    void theFirstAnswerStaysGoodThoughTheSecondIsNewer(String scope) throws InterruptedException {
        Tokens granted = granted(scope);
        Tokens first = client.refresh(granted.refresh()).tokens();
        Thread.sleep(1_100); // Keycloak compares whole seconds
        client.refresh(granted.refresh()).tokens();
        TokenAssertion.assertThat(client.refresh(first.refresh()).tokens()).isFor(McpRealm.SERVER_A);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mcp:tools", "mcp:tools offline_access"})
    void aThirdUseEndsTheSession(String scope) {
        Tokens granted = granted(scope);
        client.refresh(granted.refresh()).tokens();
        Tokens second = client.refresh(granted.refresh()).tokens();
        assertOver(granted);
        assertOver(second);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mcp:tools", "mcp:tools offline_access"})
    void aUseAfterTheGraceEndsTheSession(String scope) throws InterruptedException {
        catalogue.set("refresh-token-grace", "" + SHORT_GRACE);
        Tokens granted = granted(scope);
        Tokens next = client.refresh(granted.refresh()).tokens();
        Thread.sleep((SHORT_GRACE + 1) * 1_000L);
        assertOver(granted);
        assertOver(next);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mcp:tools", "mcp:tools offline_access"})
    void withoutGraceTheSecondUseEndsTheSession(String scope) {
        catalogue.set("refresh-token-grace", "0");
        Tokens granted = granted(scope);
        Tokens next = client.refresh(granted.refresh()).tokens();
        assertOver(granted);
        assertOver(next);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mcp:tools", "mcp:tools offline_access"})
    void usingOneOfTwoAnswersEndsTheOtherWithinTheSameSecond(String scope) {
        Tokens granted = granted(scope);
        Tokens first = client.refresh(granted.refresh()).tokens();
        Tokens second = client.refresh(granted.refresh()).tokens();
        TokenAssertion.assertThat(client.refresh(first.refresh()).tokens()).isFor(McpRealm.SERVER_A);
        assertOver(second);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mcp:tools", "mcp:tools offline_access"})
    void usingTheSecondOfTwoAnswersEndsTheFirst(String scope) throws InterruptedException {
        Tokens granted = granted(scope);
        Tokens first = client.refresh(granted.refresh()).tokens();
        Thread.sleep(1_100); // Keycloak compares whole seconds
        Tokens second = client.refresh(granted.refresh()).tokens();
        TokenAssertion.assertThat(client.refresh(second.refresh()).tokens()).isFor(McpRealm.SERVER_A);
        assertOver(first);
    }

    private void assertOver(Tokens tokens) {
        ErrorAssertion.assertRefused(client.refresh(tokens.refresh()), 400).hasError("invalid_grant");
    }

    private Tokens granted(String scope) {
        AuthorizationRequest request =
                client.authorization().resource(McpRealm.SERVER_A).scope(scope);
        return client.obtain(Browser.of("alice"), request);
    }
}
