package io.github.keycloakmcp.tests.integration.resource;

import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.TokenReply;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.keycloakmcp.tests.integration.resource.RecordedRefusal.assertNothingIssued;
import static io.github.keycloakmcp.tests.integration.resource.RecordedRefusal.assertRecorded;
import static org.assertj.core.api.Assertions.assertThat;

/** A refresh token opens the server it was granted for and no other, however often it is used (RFC 8707 section 2.2). */
@KeycloakTest
class RefreshIT {

    private static final String ORIGIN = "http://127.0.0.1:33418";

    private final McpRealm realm;
    private final McpClient client;
    private final Tokens granted;

    RefreshIT(McpRealm realm) {
        this.realm = realm;
        this.client = McpClient.of(realm).registered(ClientMetadata.named("Refresher"));
        this.granted = client.obtain(Browser.of("alice"), client.authorization().resource(McpRealm.SERVER_A));
    }

    /** What a token that is sent twice at once is forgiven has a test of its own. */
    @BeforeAll
    static void endTheGrace(McpRealm realm) {
        new Catalogue(realm).set("refresh-token-grace", "0");
    }

    @BeforeEach
    void clearEvents() {
        realm.clearEvents();
    }

    @Test
    void aRefreshWithoutResourceKeepsTheServer() {
        TokenAssertion.assertThat(client.refresh(granted.refresh()).tokens()).isFor(McpRealm.SERVER_A);
    }

    @Test
    void aRefreshForTheSameServerKeepsIt() {
        Tokens next = client.refresh(granted.refresh(), McpRealm.SERVER_A).tokens();
        TokenAssertion.assertThat(next).isFor(McpRealm.SERVER_A).isOf("alice").hasScopes("mcp:tools");
    }

    @Test
    void aRefreshForAnotherServerIsRefusedReadablyForBrowserClients() {
        TokenReply reply = client.sending("Origin", ORIGIN).refresh(granted.refresh(), McpRealm.SERVER_B);
        ErrorAssertion.assertRefused(reply, 400).hasError("invalid_target").saying("resource was not granted");
        assertThat(reply.header("Access-Control-Allow-Origin")).contains(ORIGIN);
        assertRecorded(realm, "REFRESH_TOKEN_ERROR", "invalid_target", "resource was not granted");
        assertNothingIssued(realm);
    }

    @Test
    void aRefreshForAnUnknownServerIsRefused() {
        TokenReply reply = client.refresh(granted.refresh(), "https://evil.example/mcp");
        ErrorAssertion.assertRefused(reply, 400).hasError("invalid_target").saying("https://evil.example/mcp");
        assertRecorded(realm, "REFRESH_TOKEN_ERROR", "invalid_target", "not declared");
        assertNothingIssued(realm);
    }

    @Test
    void aRefusedRefreshDoesNotConsumeTheRefreshToken() {
        client.refresh(granted.refresh(), McpRealm.SERVER_B).expect(400);
        client.refresh(granted.refresh(), "https://evil.example/mcp").expect(400);
        Tokens next = client.refresh(granted.refresh(), McpRealm.SERVER_A).tokens();
        TokenAssertion.assertThat(next).isFor(McpRealm.SERVER_A);
        TokenAssertion.assertThat(client.refresh(next.refresh()).tokens()).isFor(McpRealm.SERVER_A);
    }

    @Test
    void aRefreshTokenIsGoodForOneRefreshOnly() {
        Tokens next = client.refresh(granted.refresh()).tokens();
        assertThat(next.refresh()).isNotEqualTo(granted.refresh());
        realm.clearEvents();
        ErrorAssertion.assertRefused(client.refresh(granted.refresh()), 400)
                .hasError("invalid_grant")
                .saying("reuse");
        assertRecorded(realm, "REFRESH_TOKEN_ERROR", "invalid_token");
    }

    @Test
    void aRefusalAfterRotationDoesNotRenewTheOldToken() {
        Tokens next = client.refresh(granted.refresh()).tokens();
        client.refresh(next.refresh(), McpRealm.SERVER_B).expect(400);
        ErrorAssertion.assertRefused(client.refresh(granted.refresh()), 400).hasError("invalid_grant");
    }

    @Test
    void anotherClientCannotUseTheRefreshToken() {
        McpClient other = McpClient.of(realm).registered(ClientMetadata.named("Thief"));
        ErrorAssertion.assertRefused(other.refresh(granted.refresh(), McpRealm.SERVER_A), 400)
                .hasError("invalid_grant");
    }

    /** The scope makes the extension read the token before Keycloak verifies it. */
    @ParameterizedTest
    @ValueSource(strings = {"e30.bnVsbA.e30", "e30.e30.e30", "e30.W10.e30", "e30.%.e30", "..", "x"})
    void whatIsNoRefreshTokenIsRefusedAsSuch(String token) {
        TokenReply reply = client.token(
                Form.of("grant_type", "refresh_token", "refresh_token", token).with("scope", "mcp:tools"));
        ErrorAssertion.assertRefused(reply, 400).hasError("invalid_grant");
        assertNothingIssued(realm);
    }
}
