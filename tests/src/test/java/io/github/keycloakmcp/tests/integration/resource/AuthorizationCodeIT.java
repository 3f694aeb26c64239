package io.github.keycloakmcp.tests.integration.resource;

import java.net.URI;

import io.github.keycloakmcp.tests.client.AuthorizationReply;
import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.McpCall;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.McpReply;
import io.github.keycloakmcp.tests.client.Page;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.TokenReply;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.ExampleServers;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.keycloakmcp.tests.integration.resource.RecordedRefusal.assertNothingIssued;
import static io.github.keycloakmcp.tests.integration.resource.RecordedRefusal.assertRecorded;
import static org.assertj.core.api.Assertions.assertThat;

/** The main road: a client that registered itself gets a user's token for one of two MCP servers. */
@KeycloakTest(exampleServers = 2)
class AuthorizationCodeIT {

    private static final String ORIGIN = "http://127.0.0.1:33418";

    private final McpRealm realm;
    private final URI serverA;
    private final URI serverB;
    private final McpClient client;

    AuthorizationCodeIT(McpRealm realm, ExampleServers servers) {
        this.realm = realm;
        this.serverA = servers.a().resource();
        this.serverB = servers.b().resource();
        this.client = McpClient.of(realm).registered(ClientMetadata.unique("Road"));
    }

    @BeforeEach
    void clearEvents() {
        realm.clearEvents();
    }

    @Test
    void aTokenForServerAIsTakenByAAndRefusedByB() {
        assertGoodForOne(serverA, serverB);
    }

    /** A client that joins an empty list of scopes with another one sends such a scope. */
    @ParameterizedTest
    @ValueSource(strings = {" offline_access", "mcp:tools  profile", " mcp:tools ", " "})
    void surplusBlanksInTheScopeAreForgiven(String scope) {
        AuthorizationRequest request =
                client.authorization().resource(serverA.toString()).scope(scope);
        TokenAssertion.assertThat(client.obtain(Browser.of("alice"), request)).isFor(serverA.toString());
    }

    @Test
    void aTokenForServerBIsTakenByBAndRefusedByA() {
        assertGoodForOne(serverB, serverA);
    }

    @Test
    void theUserIsAskedForConsentBeforeATokenIsIssued() {
        AuthorizationRequest request = client.authorization().resource(serverA.toString());
        Browser browser = Browser.of("alice");
        Page page = browser.reach(request);
        assertThat(page.isConsent()).as(page.text()).isTrue();
        ErrorAssertion.assertRefused(browser.deny(page).answer()).hasError("access_denied");
    }

    @Test
    void theTokenRequestMayRepeatTheResourceOrLeaveItOut() {
        Browser browser = Browser.of("alice");
        AuthorizationRequest request = client.authorization().resource(serverA.toString());
        Tokens repeated = client.token(codeForm(browser, request)).tokens();
        TokenAssertion.assertThat(repeated).isFor(serverA.toString());
        Tokens leftOut =
                client.token(codeForm(browser, request).without("resource")).tokens();
        TokenAssertion.assertThat(leftOut).isFor(serverA.toString());
    }

    @Test
    void aTokenRequestForAnotherServerThanTheAuthorizedOneIsRefusedReadablyForBrowserClients() {
        AuthorizationRequest request = client.authorization().resource(serverA.toString());
        Form form = codeForm(Browser.of("alice"), request);
        realm.clearEvents();
        TokenReply reply = client.sending("Origin", ORIGIN).token(form.with("resource", serverB.toString()));
        ErrorAssertion.assertRefused(reply, 400).hasError("invalid_target").saying("resource was not granted");
        assertThat(reply.header("Access-Control-Allow-Origin")).contains(ORIGIN);
        assertRecorded(realm, "CODE_TO_TOKEN_ERROR", "invalid_target", "resource was not granted");
        assertNothingIssued(realm);
    }

    @Test
    void aRefusedTokenRequestUsesUpTheCode() {
        AuthorizationRequest request = client.authorization().resource(serverA.toString());
        Form form = codeForm(Browser.of("alice"), request);
        client.token(form.with("resource", serverB.toString())).expect(400);
        ErrorAssertion.assertRefused(client.token(form), 400).hasError("invalid_grant");
    }

    @Test
    void aTokenRequestForAnUnknownServerIsRefused() {
        AuthorizationRequest request = client.authorization().resource(serverA.toString());
        Form form = codeForm(Browser.of("alice"), request);
        realm.clearEvents();
        TokenReply reply = client.token(form.with("resource", "https://evil.example/mcp"));
        ErrorAssertion.assertRefused(reply, 400).hasError("invalid_target").saying("https://evil.example/mcp");
        assertRecorded(realm, "CODE_TO_TOKEN_ERROR", "invalid_target", "not declared");
        assertNothingIssued(realm);
    }

    @Test
    void aTokenRequestWithRepeatedResourceIsRefused() {
        AuthorizationRequest request = client.authorization().resource(serverA.toString());
        Form form = codeForm(Browser.of("alice"), request);
        TokenReply reply = client.token(form.with("resource", serverA.toString(), serverB.toString()));
        ErrorAssertion.assertRefused(reply, 400).hasError("invalid_request").saying("duplicated parameter");
    }

    @Test
    void aCodeIsGoodForOneTokenOnly() {
        AuthorizationRequest request = client.authorization().resource(serverA.toString());
        Form form = codeForm(Browser.of("alice"), request);
        assertThat(client.token(form).issued()).isTrue();
        ErrorAssertion.assertRefused(client.token(form), 400).hasError("invalid_grant");
    }

    private Form codeForm(Browser browser, AuthorizationRequest request) {
        AuthorizationReply reply = browser.authorize(request);
        reply.check(request, realm.issuer());
        return client.codeForm(request, reply);
    }

    private void assertGoodForOne(URI right, URI wrong) {
        AuthorizationRequest request = client.authorization().resource(right.toString());
        Tokens tokens = client.obtain(Browser.of("alice"), request);
        TokenAssertion.assertThat(tokens)
                .isFor(right.toString())
                .isOf("alice")
                .hasScopes("mcp:tools")
                .hasClaim("azp", client.clientId());
        McpReply taken = McpCall.on(right).with(tokens).whoami();
        assertThat(taken.json().path("preferred_username").asText()).isEqualTo("alice");
        McpReply refused = McpCall.on(wrong).with(tokens).whoami();
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.wwwAuthenticate().orElse("")).contains("invalid_token");
    }
}
