package io.github.keycloakmcp.tests.integration.broker;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Pkce;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.TokenReply;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The clients of {@code realm-config/clients}, each file imported by one call, do what their client does. */
@KeycloakTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PreRegisteredClientsIT {

    private static final String SECRET = "a-long-secret";

    private final AgentKey key = new AgentKey();
    private McpRealm realm;

    @BeforeAll
    void importBothFiles(McpRealm ours) {
        realm = ours;
        assertThat(count("added", "clients/interactive.json")).isEqualTo(4);
        assertThat(count("added", "clients/agents.json")).as("with their users").isEqualTo(6);
    }

    @AfterAll
    void stop() {
        key.close();
    }

    @Test
    void aSecondImportChangesNothing() {
        JsonNode before = realm.clients().get("claude");
        assertThat(count("skipped", "clients/interactive.json")).isEqualTo(4);
        assertThat(count("skipped", "clients/agents.json")).isEqualTo(6);
        assertThat(realm.clients().get("claude")).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "vscode, http://127.0.0.1:41217/",
        "vscode, https://vscode.dev/redirect",
        "claude, https://claude.ai/api/mcp/auth_callback",
        "claude-code, http://localhost:41217/callback",
        "cursor, cursor://anysphere.cursor-mcp/oauth/callback",
        "cursor, http://localhost:8787/callback",
    })
    void aProgramGetsABoundTokenWhereItListens(String clientId, String redirectUri) {
        McpClient client = McpClient.of(realm).identifiedBy(clientId, null, redirectUri);
        Tokens tokens = client.obtain(
                Browser.of("alice"),
                client.authorization().resource(McpRealm.SERVER_A).scope("mcp:tools offline_access"));
        TokenAssertion.assertThat(tokens).isFor(McpRealm.SERVER_A).hasScopes("mcp:tools", "offline_access");
        TokenAssertion.assertThat(client.refresh(tokens.refresh()).tokens()).isFor(McpRealm.SERVER_A);
    }

    @ParameterizedTest
    @ValueSource(strings = {"vscode", "claude-code", "cursor"})
    void aProgramNeedsPkceAndConsent(String clientId) {
        JsonNode stored = realm.clients().get(clientId);
        assertThat(stored.path("consentRequired").asBoolean()).isTrue();
        String redirectUri = stored.path("redirectUris").path(0).asText();
        McpClient client = McpClient.of(realm).identifiedBy(clientId, null, redirectUri);
        assertThat(Browser.of("alice")
                        .open(client.authorization()
                                .resource(McpRealm.SERVER_A)
                                .pkce(Pkce.none())
                                .uri())
                        .answer()
                        .error())
                .contains("invalid_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"vscode", "claude", "claude-code", "cursor", "agent-secret", "agent-key", "agent-certificate"})
    void anAdministratorMaySaveTheClientUnderTheRules(String clientId) {
        realm.clients().edit(clientId, client -> client.put("name", "Saved"));
        assertThat(realm.clients().get(clientId).path("name").asText()).isEqualTo("Saved");
    }

    @Test
    void anAgentWithASecretGetsABoundTokenAndNothingToRefreshIt() {
        McpClient client = McpClient.of(realm).identifiedBy("agent-secret", SECRET, "");
        Tokens tokens = client.clientCredentials("", McpRealm.SERVER_B).tokens();
        TokenAssertion.assertThat(tokens).isFor(McpRealm.SERVER_B).hasScopes("mcp:tools");
        assertThat(tokens.refreshToken()).isEmpty();
    }

    @Test
    void anAgentWithAKeyGetsABoundToken() {
        TokenAssertion.assertThat(askWith(key).tokens())
                .isFor(McpRealm.SERVER_B)
                .hasScopes("mcp:tools");
    }

    @Test
    void anotherKeyOpensNothing() {
        try (AgentKey other = new AgentKey()) {
            assertThat(askWith(other).error()).contains("invalid_client");
        }
    }

    private int count(String outcome, String file) {
        return PartialImport.of(file)
                .into(
                        realm,
                        Map.of(
                                "AGENT_SECRET",
                                SECRET,
                                "AGENT_JWKS_URI",
                                key.jwksUri(),
                                "AGENT_CERTIFICATE_SUBJECT",
                                "CN=agent",
                                "AGENT_CERTIFICATE_AUTHORITY",
                                "CN=authority"))
                .path(outcome)
                .asInt();
    }

    private TokenReply askWith(AgentKey signer) {
        String assertion = signer.assertion("agent-key", realm.issuer().toString());
        return McpClient.of(realm)
                .identifiedBy("agent-key", null, "")
                .token(Form.of("grant_type", "client_credentials", "resource", McpRealm.SERVER_B)
                        .with("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                        .with("client_assertion", assertion));
    }
}
