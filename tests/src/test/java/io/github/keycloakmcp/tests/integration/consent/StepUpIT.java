package io.github.keycloakmcp.tests.integration.consent;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;

import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Page;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A client that needs more asks for what it has and what it needs; the user is asked for what is new. */
@KeycloakTest
class StepUpIT {

    private static final String READ = "openid notes:read";
    private static final String BOTH = "openid notes:read notes:write";

    private final McpRealm realm;
    private final McpClient client;
    private final Browser alice = Browser.of("alice");
    private final AuthorizationRequest request;

    StepUpIT(McpRealm realm) {
        this.realm = realm;
        this.client = McpClient.of(realm).registered(ClientMetadata.unique("Stepping"));
        this.request = client.authorization().resource(McpRealm.SERVER_A).scope(READ);
    }

    @BeforeAll
    static void declareScopes(McpRealm realm) {
        AdminApi.succeeded("POST", "/roles", realm.post("/roles", "{\"name\": \"archivist\"}"));
        AdminApi.succeeded("PUT", "/mcp/servers", realm.put("/mcp/servers", """
                {"uri": "%s", "scopes": [
                  {"name": "notes:read", "text": "Read your notes"},
                  {"name": "notes:write", "text": "Change your notes"},
                  {"name": "notes:archive", "text": "Archive your notes", "roles": ["archivist"]}]}
                """.formatted(McpRealm.SERVER_A)));
    }

    @BeforeEach
    void nothingIsConsentedTo() {
        realm.revokeConsents("alice");
        realm.role("alice", "archivist", false);
    }

    @Test
    void onlyTheNewScopeIsAskedForAndTheTokenAndItsRefreshHaveBoth() {
        client.obtain(alice, request);
        Page page = alice.reach(request.scope(BOTH));
        assertThat(offered(page)).containsExactly("notes:write");
        assertThat(page.document().select("#mcp-kept li").eachText()).contains("Read your notes");
        assertThat(page.document().select("#mcp-scopes").eachText()).isEmpty();
        Tokens tokens = redeem(alice.accept(page));
        TokenAssertion.assertThat(tokens).isFor(McpRealm.SERVER_A).hasScopes("notes:read", "notes:write");
        TokenAssertion.assertThat(refresh(tokens)).isFor(McpRealm.SERVER_A).hasScopes("notes:read", "notes:write");
        assertThat(alice.open(request.scope(BOTH).uri()).answer().hasCode()).isTrue();
    }

    @Test
    void aDenialLeavesWhatTheClientHas() {
        Tokens first = client.obtain(alice, request);
        ErrorAssertion.assertRefused(alice.refuse(request.scope(BOTH))).hasError("access_denied");
        TokenAssertion.assertThat(refresh(first)).hasScopes("notes:read").lacksScopes("notes:write");
        assertThat(alice.open(request.uri()).answer().hasCode()).isTrue();
        assertThat(offered(alice.reach(request.scope(BOTH)))).containsExactly("notes:write");
    }

    @Test
    void allowingWithoutTheNewScopeGivesATokenWithWhatWasAllowedBefore() {
        client.obtain(alice, request);
        Page page = select(alice.reach(request.scope(BOTH)));
        TokenAssertion.assertThat(redeem(page)).hasScopes("notes:read").lacksScopes("notes:write");
        assertThat(offered(alice.reach(request.scope(BOTH)))).containsExactly("notes:write");
    }

    @Test
    void lessThanWasAllowedIsNotAskedFor() {
        client.obtain(alice, request.scope(BOTH));
        Page page = alice.open(request.uri());
        TokenAssertion.assertThat(redeem(page)).hasScopes("notes:read").lacksScopes("notes:write");
        assertThat(alice.open(request.scope(BOTH).uri()).answer().hasCode()).isTrue();
    }

    @Test
    void aClientThatHasEverythingAskedAgainLetsTheUserTakeAScopeBack() {
        client.obtain(alice, request.scope(BOTH));
        client.obtain(alice, request.resource(McpRealm.SERVER_B).scope("openid mcp:tools"));
        Page page = alice.reach(request.scope(BOTH).prompt("consent"));
        assertThat(offered(page)).containsExactly("notes:read", "notes:write");
        TokenAssertion.assertThat(redeem(select(page, "notes:read"))).lacksScopes("notes:write");
        assertThat(offered(alice.reach(request.scope(BOTH)))).containsExactly("notes:write");
        AuthorizationRequest other = request.resource(McpRealm.SERVER_B).scope("openid mcp:tools");
        assertThat(alice.open(other.uri()).answer().hasCode())
                .as("the other server stays approved")
                .isTrue();
    }

    @Test
    void aScopeWhoseRoleTheUserGetsLaterIsAskedForThen() {
        String archive = READ + " notes:archive";
        TokenAssertion.assertThat(client.obtain(alice, request.scope(archive))).lacksScopes("notes:archive");
        realm.role("alice", "archivist", true);
        Page page = alice.reach(request.scope(archive));
        assertThat(offered(page)).containsExactly("notes:archive");
        TokenAssertion.assertThat(redeem(alice.accept(page))).hasScopes("notes:read", "notes:archive");
    }

    @Test
    void aScopeOfTheServerIsNoApprovalOfTheGeneralScope() {
        TokenAssertion.assertThat(client.obtain(alice, request.scope(READ + " mcp:tools")))
                .lacksScopes("mcp:tools");
        assertThat(alice.reach(request.scope("openid mcp:tools")).isConsent()).isTrue();
    }

    @Test
    void anApprovalOfAnEarlierVersionCountsAndIsRewritten() {
        AuthorizationRequest other = request.resource(McpRealm.SERVER_B).scope("openid mcp:tools");
        client.obtain(alice, request);
        realm.edit("/users/profile", profile -> profile.put("unmanagedAttributePolicy", "ENABLED"));
        approvals(realm.clients().get(client.clientId()).path("id").asText() + " " + System.currentTimeMillis() + " "
                + digest(McpRealm.SERVER_B + "\nemail\nmcp:tools\nprofile\nroles"));
        assertThat(alice.open(other.uri()).answer().hasCode()).isTrue();
        approvals();
        assertThat(alice.open(other.uri()).answer().hasCode()).isTrue();
    }

    /** Those versions kept the client, the beginning of the consent, and a digest of the server with the displayed scopes. */
    private void approvals(String... entries) {
        realm.edit(
                "/users/" + realm.userId("alice"),
                user -> user.withObject("/attributes").set("mcp.approvals", Json.tree(List.of(entries))));
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> offered(Page page) {
        return new ChoicePage(alice, page).offered();
    }

    private Page select(Page page, String... scopes) {
        return new ChoicePage(alice, page).select(scopes);
    }

    private Tokens redeem(Page page) {
        return client.redeem(request, page.answer()).tokens();
    }

    private Tokens refresh(Tokens tokens) {
        return client.token(Form.of("grant_type", "refresh_token", "refresh_token", tokens.refresh()))
                .tokens();
    }
}
