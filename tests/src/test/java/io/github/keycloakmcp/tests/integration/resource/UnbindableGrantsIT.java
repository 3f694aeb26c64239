package io.github.keycloakmcp.tests.integration.resource;

import io.github.keycloakmcp.tests.client.AuthorizationReply;
import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.McpClient;
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

/** Grants in which nobody could have approved one MCP server: refused for MCP scopes, in words that say what to use instead. */
@KeycloakTest
class UnbindableGrantsIT {

    private static final String ID = "wants-everything";
    private static final String SECRET = "secret-of-everything";
    private static final String POLICIES = "/client-policies/policies";

    private final McpRealm realm;
    private final McpClient client;

    UnbindableGrantsIT(McpRealm realm) {
        this.realm = realm;
        this.client = McpClient.of(realm).identifiedBy(ID, SECRET, ClientMetadata.LOOPBACK);
    }

    /** The policy would not let such a client come into being; one from before it exists all the same. */
    @BeforeAll
    static void makeClient(McpRealm realm) {
        enablePolicy(realm, false);
        realm.clients().create("""
                        {"clientId": "%s", "secret": "%s", "publicClient": false, "redirectUris": ["%s"],
                         "implicitFlowEnabled": true, "serviceAccountsEnabled": true,
                         "authorizationServicesEnabled": true,
                         "authorizationSettings": {"policyEnforcementMode": "DISABLED", "resources": [{"name": "file"}]},
                         "defaultClientScopes": ["basic", "mcp:tools"],
                         "attributes": {"oidc.ciba.grant.enabled": "true"}}
                        """.formatted(ID, SECRET, ClientMetadata.LOOPBACK));
        enablePolicy(realm, true);
    }

    @BeforeEach
    void clearEvents() {
        realm.clearEvents();
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "id_token token", "code token", "code id_token token", "code id_token"})
    void implicitAndHybridAreRefusedBeforeTheLogin(String responseType) {
        AuthorizationRequest request = client.authorization()
                .resource(McpRealm.SERVER_A)
                .scope("openid")
                .with("response_type", responseType)
                .with("nonce", "n-1");
        AuthorizationReply answer = Browser.of("alice").open(request.uri()).answer();
        ErrorAssertion.assertRefused(answer)
                .hasError("unsupported_response_type")
                .saying("response_type=code");
        assertRecorded(realm, "LOGIN_ERROR", "unsupported_response_type", "response_type=code");
        assertNothingIssued(realm);
    }

    @Test
    void aBackchannelRequestIsRefusedBeforeTheUserIsAsked() {
        var reply = client.post(
                "backchannel_authentication_endpoint",
                Form.of("scope", "openid", "login_hint", "alice", "binding_message", "hello")
                        .with("resource", McpRealm.SERVER_A));
        ErrorAssertion.assertRefused(reply, 400).hasError("unauthorized_client").saying("backchannel");
        assertRecorded(realm, "LOGIN_ERROR", "unauthorized_client", "backchannel");
        assertNothingIssued(realm);
    }

    @Test
    void aPermissionTicketForTheClientItselfGivesNoToken() {
        assertRefused(client.token(permissions()));
    }

    @Test
    void aPermissionTicketForAUserGivesNoToken() {
        Tokens tokens =
                client.obtain(Browser.of("alice"), client.authorization().resource(McpRealm.SERVER_A));
        realm.clearEvents();
        McpClient bearer = McpClient.of(realm)
                .identifiedBy(ID, null, ClientMetadata.LOOPBACK)
                .sending("Authorization", "Bearer " + tokens.accessToken());
        assertRefused(bearer.token(permissions()));
    }

    private void assertRefused(TokenReply reply) {
        ErrorAssertion.assertRefused(reply, 400).hasError("unauthorized_client").saying("authorization code");
        assertRecorded(realm, "PERMISSION_TOKEN_ERROR", "unauthorized_client", "authorization code");
        assertNothingIssued(realm);
    }

    private static Form permissions() {
        return Form.of("grant_type", "urn:ietf:params:oauth:grant-type:uma-ticket", "audience", ID);
    }

    private static void enablePolicy(McpRealm realm, boolean enabled) {
        realm.edit(POLICIES, policies -> policies.withObject("/policies/0").put("enabled", enabled));
    }
}
