package io.github.keycloakmcp.tests.integration.resource;

import java.util.List;
import java.util.Map;

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
import org.junit.jupiter.api.TestInstance;

import static io.github.keycloakmcp.tests.integration.resource.RecordedRefusal.assertNothingIssued;
import static io.github.keycloakmcp.tests.integration.resource.RecordedRefusal.assertRecorded;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Enterprise-managed authorization: the user's own identity provider says which MCP server a client may use for her, and no
 * browser is involved. What it approved is what the token is for.
 */
@KeycloakTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdentityAssertionIT {

    private static final String A = McpRealm.SERVER_A;
    private static final String EVENT = "JWT_AUTHORIZATION_GRANT_ERROR";
    private static final String ID = "assistant";
    private static final String SECRET = "secret-of-the-assistant";

    private McpRealm realm;
    private Enterprise enterprise;
    private McpClient client;

    @BeforeAll
    void makeEnterpriseAndClient(McpRealm one) {
        realm = one;
        enterprise = Enterprise.trustedBy(realm, "alice");
        ServerScope.declare(realm);
        realm.clients().create("""
                        {"clientId": "%s", "secret": "%s", "publicClient": false, "standardFlowEnabled": false,
                         "defaultClientScopes": ["basic", "profile", "mcp:tools", "mail:read"],
                         "optionalClientScopes": ["email", "calendar:read", "search"],
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
        ErrorAssertion.assertRefused(reply, 400).hasError("invalid_grant").saying("not granted");
        assertRecorded(realm, "JWT_AUTHORIZATION_GRANT_ERROR", "invalid_grant", "not granted", "resource-not-granted");
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
        ErrorAssertion.assertRefused(reply, 400).hasError("invalid_grant").saying("https://evil.example/mcp");
    }

    @Test
    void anAssertionThatWasIssuedToAnotherClientIsRefused() {
        TokenReply reply = present("somebody-else", Map.of("resource", McpRealm.SERVER_A));
        ErrorAssertion.assertRefused(reply, 400).hasError("invalid_grant").saying("another client");
        assertRecorded(realm, "JWT_AUTHORIZATION_GRANT_ERROR", "invalid_grant", "another client");
        assertNothingIssued(realm);
    }

    @Test
    void aTokenCarriesWhatIsRequestedAndApproved() {
        Tokens tokens =
                granted("calendar:read search email", Map.of("scope", "calendar:read mcp:tools", "resource", A));
        TokenAssertion.assertThat(tokens).isFor(A);
        assertThat(tokens.scopes()).containsExactly("calendar:read");
        assertThat(tokens.claim("preferred_username"))
                .as("profile was not approved")
                .isEmpty();
        assertThat(tokens.claim("email")).isEmpty();
    }

    @Test
    void withoutScopeARequestIsForWhatIsApproved() {
        assertThat(granted("", Map.of("scope", "calendar:read profile unheard:of", "resource", A))
                        .scopes())
                .containsExactlyInAnyOrder("calendar:read", "profile");
    }

    @Test
    void anAssertionWithoutScopeApprovesTheLeast() {
        Tokens tokens = granted("calendar:read email", Map.of("resource", A));
        assertThat(tokens.scopes()).containsExactlyInAnyOrder("mcp:tools", "profile");
        TokenAssertion.assertThat(tokens).isFor(A).isOf("alice");
    }

    @Test
    void anAssertionForOtherScopesIsRefusedAndCanStillBeUsed() {
        String assertion =
                enterprise.vouch("alice", ID, realm.issuer(), Map.of("scope", "calendar:read", "resource", A));
        TokenReply reply = redeem(assertion, "search");
        ErrorAssertion.assertRefused(reply, 400).hasError("invalid_grant").saying("does not approve");
        assertRecorded(realm, EVENT, "invalid_grant", "assertion-scope-mismatch");
        assertNothingIssued(realm);
        assertThat(redeem(assertion, "calendar:read").tokens().scopes()).containsExactly("calendar:read");
        ErrorAssertion.assertRefused(redeem(assertion, "calendar:read"), 400).hasError("invalid_grant");
    }

    @Test
    void anIssuerThatLetsAssertionsBeUsedTwiceIsNotTrusted() {
        Enterprise.allowReuse(realm, true);
        try {
            ErrorAssertion.assertRefused(present(ID, Map.of("resource", A)), 400)
                    .hasError("invalid_grant")
                    .saying("more than once");
            assertRecorded(realm, EVENT, "invalid_grant", "assertion-reusable");
        } finally {
            Enterprise.allowReuse(realm, false);
        }
    }

    @Test
    void theScopesOfAJwtThatNamesNoServerAreNotAboutMcp() {
        String plain =
                enterprise.key().sign("JWT", Enterprise.claims("alice", ID, realm.issuer(), Map.of("scope", "openid")));
        TokenAssertion.assertThat(client.token(form(plain).with("resource", A)).tokens())
                .isFor(A)
                .isOf("alice")
                .hasScopes("mcp:tools");
    }

    private Tokens granted(String scope, Map<String, Object> claims) {
        return redeem(enterprise.vouch("alice", ID, realm.issuer(), claims), scope)
                .tokens();
    }

    private TokenReply redeem(String assertion, String scope) {
        Form form = form(assertion);
        return client.token(scope.isEmpty() ? form : form.with("scope", scope));
    }

    private static Form form(String assertion) {
        return Form.of("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer")
                .with("assertion", assertion);
    }

    private TokenReply present(String issuedTo, Map<String, Object> claims, String... resources) {
        return client.token(Form.of("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer")
                .with("assertion", enterprise.vouch("alice", issuedTo, realm.issuer(), claims))
                .with("resource", resources));
    }
}
