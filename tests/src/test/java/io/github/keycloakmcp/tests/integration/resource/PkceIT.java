package io.github.keycloakmcp.tests.integration.resource;

import io.github.keycloakmcp.tests.client.AuthorizationReply;
import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Pkce;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.github.keycloakmcp.tests.integration.resource.RecordedRefusal.assertNothingIssued;
import static io.github.keycloakmcp.tests.integration.resource.RecordedRefusal.assertRecorded;
import static org.assertj.core.api.Assertions.assertThat;

/** No code without a proof that only its own client can give (RFC 7636, S256 only), whoever made the client. */
@KeycloakTest
class PkceIT {

    private static final String CLIENT = "made-before-the-policy";
    private static final String POLICIES = "/client-policies/policies";
    private static final String METHOD = "pkce.code.challenge.method";

    private final McpRealm realm;
    private final McpClient registered;
    private final McpClient made;

    PkceIT(McpRealm realm) {
        this.realm = realm;
        this.registered = McpClient.of(realm).registered(ClientMetadata.named("Prover"));
        this.made = McpClient.of(realm).identifiedBy(CLIENT, null, ClientMetadata.LOOPBACK);
    }

    /** A client from the time before the policy, which therefore has not set anything on it. */
    @BeforeAll
    static void makeClient(McpRealm realm) {
        enablePolicy(realm, false);
        realm.clients().create("""
                        {"clientId": "%s", "publicClient": true, "redirectUris": ["%s"],
                         "defaultClientScopes": ["basic", "mcp:tools"]}
                        """.formatted(CLIENT, ClientMetadata.LOOPBACK));
        enablePolicy(realm, true);
        assertThat(realm.clients().get(CLIENT).path("attributes").has(METHOD)).isFalse();
    }

    @BeforeEach
    void clearEvents() {
        realm.clearEvents();
    }

    @Test
    void aRequestWithoutProofIsRefused() {
        assertRefused(registered, Pkce.none());
        assertRefused(made, Pkce.none());
    }

    @Test
    void aRequestWithAProofThatShowsItsSecretIsRefused() {
        assertRefused(registered, Pkce.plain());
        assertRefused(made, Pkce.plain());
    }

    @Test
    void aRequestWithProofIsServed() {
        AuthorizationRequest request = made.authorization().resource(McpRealm.SERVER_A);
        assertThat(made.obtain(Browser.of("alice"), request).audience()).containsExactly(McpRealm.SERVER_A);
    }

    @Test
    void aWrongVerifierIsRefused() {
        AuthorizationRequest request = registered.authorization().resource(McpRealm.SERVER_A);
        AuthorizationReply reply = Browser.of("alice").authorize(request);
        Form form = registered.codeForm(request, reply).with("code_verifier", Pkce.random());
        ErrorAssertion.assertRefused(registered.token(form), 400).hasError("invalid_grant");
        assertRecorded(realm, "CODE_TO_TOKEN_ERROR", "pkce_verification_failed");
    }

    @Test
    void noVerifierIsRefused() {
        AuthorizationRequest request = registered.authorization().resource(McpRealm.SERVER_A);
        AuthorizationReply reply = Browser.of("alice").authorize(request);
        Form form = registered.codeForm(request, reply).without("code_verifier");
        ErrorAssertion.assertRefused(registered.token(form), 400).hasError("invalid_grant");
        assertRecorded(realm, "CODE_TO_TOKEN_ERROR", "code_verifier_missing");
    }

    private void assertRefused(McpClient client, Pkce pkce) {
        realm.clearEvents();
        AuthorizationRequest request =
                client.authorization().resource(McpRealm.SERVER_A).pkce(pkce);
        AuthorizationReply answer = Browser.of("alice").open(request.uri()).answer();
        answer.check(request, realm.issuer());
        ErrorAssertion.assertRefused(answer).hasError("invalid_request").saying("challenge");
        assertRecorded(realm, "LOGIN_ERROR", "invalid_request");
        assertNothingIssued(realm);
    }

    private static void enablePolicy(McpRealm realm, boolean enabled) {
        realm.edit(POLICIES, policies -> policies.withObject("/policies/0").put("enabled", enabled));
    }
}
