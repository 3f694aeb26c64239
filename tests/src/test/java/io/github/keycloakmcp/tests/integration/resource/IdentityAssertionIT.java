package io.github.keycloakmcp.tests.integration.resource;

import java.util.List;
import java.util.Map;

import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.TokenReply;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static io.github.keycloakmcp.tests.integration.resource.RecordedRefusal.assertNothingIssued;
import static io.github.keycloakmcp.tests.integration.resource.RecordedRefusal.assertRecorded;

/**
 * Enterprise-managed authorization: the user's own identity provider says which MCP server a client may use for her, and no
 * browser is involved. What it approved is what the token is for.
 */
@KeycloakTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdentityAssertionIT {

    private static final String ID = "assistant";
    private static final String SECRET = "secret-of-the-assistant";

    private McpRealm realm;
    private Enterprise enterprise;
    private McpClient client;

    @BeforeAll
    void makeEnterpriseAndClient(McpRealm one) {
        realm = one;
        enterprise = Enterprise.trustedBy(realm, "alice");
        realm.clients().create("""
                        {"clientId": "%s", "secret": "%s", "publicClient": false, "standardFlowEnabled": false,
                         "defaultClientScopes": ["basic", "profile", "mcp:tools"],
                         "attributes": {"oauth2.jwt.authorization.grant.enabled": "true",
                           "oauth2.jwt.authorization.grant.idp": "%s"}}
                        """.formatted(ID, SECRET, Enterprise.ALIAS));
        client = McpClient.of(realm).identifiedBy(ID, SECRET, ClientMetadata.LOOPBACK);
    }

    @BeforeEach
    void clearEvents() {
        realm.clearEvents();
    }

    @Test
    void theTokenIsForTheServerThatTheEnterpriseApproved() {
        TokenReply reply = present(ID, Map.of("resource", McpRealm.SERVER_B));
        TokenAssertion.assertThat(reply.tokens()).isFor(McpRealm.SERVER_B).isOf("alice");
    }

    @Test
    void theClientCannotTakeAnotherServer() {
        TokenReply reply = present(ID, Map.of("resource", McpRealm.SERVER_B), McpRealm.SERVER_A);
        ErrorAssertion.assertRefused(reply, 400).hasError("invalid_target").saying("not granted");
        assertRecorded(realm, "JWT_AUTHORIZATION_GRANT_ERROR", "invalid_target", "not granted");
        assertNothingIssued(realm);
    }

    @Test
    void theClientMayTakeOneOfSeveralServers() {
        Map<String, Object> both = Map.of("resource", List.of(McpRealm.SERVER_A, McpRealm.SERVER_B));
        TokenAssertion.assertThat(present(ID, both, McpRealm.SERVER_A).tokens()).isFor(McpRealm.SERVER_A);
    }

    @Test
    void anEnterpriseCannotOpenAServerThatTheRealmDoesNotDeclare() {
        TokenReply reply = present(ID, Map.of("resource", "https://evil.example/mcp"));
        ErrorAssertion.assertRefused(reply, 400).hasError("invalid_target").saying("https://evil.example/mcp");
    }

    @Test
    void anAssertionThatWasIssuedToAnotherClientIsRefused() {
        TokenReply reply = present("somebody-else", Map.of("resource", McpRealm.SERVER_A));
        ErrorAssertion.assertRefused(reply, 400).hasError("invalid_grant").saying("another client");
        assertRecorded(realm, "JWT_AUTHORIZATION_GRANT_ERROR", "invalid_grant", "another client");
        assertNothingIssued(realm);
    }

    private TokenReply present(String issuedTo, Map<String, Object> claims, String... resources) {
        return client.token(Form.of("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer")
                .with("assertion", enterprise.vouch("alice", issuedTo, realm.issuer(), claims))
                .with("resource", resources));
    }
}
