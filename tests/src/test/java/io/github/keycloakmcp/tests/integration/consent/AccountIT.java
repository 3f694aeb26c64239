package io.github.keycloakmcp.tests.integration.consent;

import java.net.URI;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.client.HttpReply;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What Keycloak's account console knows of MCP clients, and that a user ends one there; seen through its REST interface. */
@KeycloakTest
class AccountIT {

    private final McpRealm realm;
    private final McpClient nobody;
    private final Browser alice = Browser.of("alice");

    AccountIT(McpRealm realm) {
        this.realm = realm;
        this.nobody = McpClient.of(realm);
    }

    /** A client to act in the console's place. */
    @BeforeAll
    static void makeConsole(McpRealm realm) {
        realm.clients().create("""
                        {"clientId": "console", "publicClient": true, "standardFlowEnabled": false,
                         "directAccessGrantsEnabled": true, "fullScopeAllowed": true,
                         "defaultClientScopes": ["basic", "roles"], "optionalClientScopes": []}
                        """);
    }

    @Test
    void aUserSeesTheClientByItsNameWithWhatItMayDo() {
        McpClient client = nobody.registered(ClientMetadata.unique("Seen"));
        client.obtain(alice, client.authorization().resource(McpRealm.SERVER_A));
        Http console = console();
        JsonNode seen = application(console, client);
        assertThat(seen.path("clientName").asText()).startsWith("Seen ");
        assertThat(seen.path("description").asText()).startsWith("Self-registered");
        assertThat(seen.path("userConsentRequired").asBoolean()).isTrue();
        assertThat(seen.path("inUse").asBoolean()).isTrue();
        assertThat(seen.path("consent").path("grantedScopes").findValuesAsText("name"))
                .contains("${mcpToolsScopeConsentText}");
        assertThat(console.get(texts()).body()).contains("Use the tools of this MCP server on your behalf");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mcp:tools", "mcp:tools offline_access"})
    void revokingThereEndsEveryRefreshAtOnceAndHasTheUserAskedAgain(String scope) {
        McpClient client = nobody.registered(ClientMetadata.unique("Revoked"));
        Tokens forA = client.obtain(
                alice, client.authorization().resource(McpRealm.SERVER_A).scope(scope));
        Tokens forB = client.obtain(
                alice, client.authorization().resource(McpRealm.SERVER_B).scope(scope));
        HttpReply revoked = console().delete(account("/applications/" + client.clientId() + "/consent"));
        assertThat(revoked.statusCode()).as(revoked.body()).isEqualTo(204);

        ErrorAssertion.assertRefused(client.refresh(forA.refresh()), 400).hasError("invalid_grant");
        ErrorAssertion.assertRefused(client.refresh(forB.refresh()), 400).hasError("invalid_grant");
        assertThat(alice.reach(client.authorization()
                                .resource(McpRealm.SERVER_A)
                                .scope(scope))
                        .isConsent())
                .isTrue();
    }

    @Test
    void revokingASharedClientEndsItForEveryInstallationOfTheUserAndForNobodyElse() {
        ClientMetadata metadata = ClientMetadata.unique("Shared");
        McpClient first = nobody.registered(metadata);
        McpClient second = nobody.registered(metadata);
        assertThat(second.clientId()).isEqualTo(first.clientId());
        Tokens one = first.obtain(alice, first.authorization().resource(McpRealm.SERVER_A));
        Tokens two = second.obtain(Browser.of("alice"), second.authorization().resource(McpRealm.SERVER_A));
        Tokens others = second.obtain(Browser.of("bob"), second.authorization().resource(McpRealm.SERVER_A));
        console().delete(account("/applications/" + first.clientId() + "/consent"));

        ErrorAssertion.assertRefused(first.refresh(one.refresh()), 400).hasError("invalid_grant");
        ErrorAssertion.assertRefused(second.refresh(two.refresh()), 400).hasError("invalid_grant");
        assertThat(second.refresh(others.refresh()).issued()).isTrue();
    }

    private JsonNode application(Http console, McpClient client) {
        HttpReply reply = console.get(account("/applications"));
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        for (JsonNode application : reply.json()) {
            if (application.path("clientId").asText().equals(client.clientId())) {
                return application;
            }
        }
        throw new AssertionError("not among the applications: " + reply.body());
    }

    /** One login: Keycloak may refuse a second one while it still notes the first. */
    private Http console() {
        String token = nobody.identifiedBy("console", null, "")
                .token(Form.of("grant_type", "password", "username", "alice", "password", "alice"))
                .tokens()
                .accessToken();
        return Http.plain().with("Authorization", "Bearer " + token).with("Accept", "application/json");
    }

    /** The words that the account console has, among them those for the MCP scope. */
    private URI texts() {
        return URI.create(realm.server().url() + "/resources/" + realm.name() + "/account/en");
    }

    private URI account(String path) {
        return URI.create(realm.issuer() + "/account" + path);
    }
}
