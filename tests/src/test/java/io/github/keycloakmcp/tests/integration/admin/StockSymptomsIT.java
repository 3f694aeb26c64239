package io.github.keycloakmcp.tests.integration.admin;

import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Page;
import io.github.keycloakmcp.tests.client.Pkce;
import io.github.keycloakmcp.tests.client.Registration;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.github.keycloakmcp.tests.integration.admin.StockRealm.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What MCP clients meet in a realm that nobody has set up, and whose administrator has followed the advice to delete the
 * Trusted Hosts policy: each symptom is provoked, and diagnosis names its cause and the fix.
 */
@KeycloakTest(demo = false)
class StockSymptomsIT extends InStockRealm {

    @BeforeAll
    void make() {
        realm.delete("/components/"
                + realm.components("trusted-hosts").get(0).path("id").asText());
    }

    @BeforeEach
    void clearEvents() {
        realm.clearEvents();
    }

    @Test
    void aScopeOfAVendorSinksTheRegistration() {
        ErrorAssertion.assertRefused(
                        McpClient.of(realm)
                                .register(ClientMetadata.named("VS Code").scope("files:read")),
                        403)
                .saying("Not permitted to use specified clientScope");
        diagnose("")
                .names("registration-policy-refuses", "Allowed Client Scopes", "Not permitted to use specified", "PUT")
                .explainsLastRefusal("registration-policy-refuses", "Allowed Client Scopes", "PUT");
    }

    @Test
    void anUnknownMemberSinksTheRegistration() {
        Registration answer =
                McpClient.of(realm).register(ClientMetadata.named("Newer").with("from_the_future", "yes"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.reply().body()).contains("Unrecognized field");
        diagnose("").names("registration-not-managed", "400 Unrecognized field", "PUT");
    }

    @Test
    void aClientThatNamesAScopeLosesTheRealmsDefaultScopesAndItsRoles() {
        McpClient client = McpClient.of(realm)
                .registered(ClientMetadata.named("Named a scope").scope("offline_access"));
        Tokens tokens =
                client.obtain(Browser.of("alice"), client.authorization().scope("openid"));
        assertThat(tokens.access().claims().has("realm_access")).isFalse();
        diagnose("?client=" + client.clientId())
                .names("client-without-default-scopes", "profile, roles", "register again after set-up");
    }

    @Test
    void aClientThatNamesNoScopeIsAnsweredInvalidScopeAtLogin() {
        McpClient client = McpClient.of(realm).registered(ClientMetadata.named("Named no scope"));
        ErrorAssertion.assertRefused(Browser.of("alice")
                        .open(client.authorization().scope("mcp:tools").uri())
                        .answer())
                .hasError("invalid_scope");
        Tokens tokens =
                client.obtain(Browser.of("alice"), client.authorization().resource(SERVER));
        assertThat(tokens.audience()).doesNotContain(SERVER);
        diagnose("?client=" + client.clientId())
                .names("client-without-mcp-scope", "invalid_scope", "tokens name no MCP server", "mcp:tools")
                .explainsLastRefusal("scope-unknown", "create them as client scopes");
    }

    @Test
    void everyTokenIsForTheServerOfTheTutorial() {
        String tutorials = "http://localhost:3000";
        realm.clients().create("""
                {"clientId": "tutorial", "publicClient": true, "redirectUris": ["%s"], "protocolMappers": [{"name": "aud",
                  "protocol": "openid-connect", "protocolMapper": "oidc-audience-mapper",
                  "config": {"included.custom.audience": "%s", "access.token.claim": "true"}}]}
                """.formatted(StockRealm.CALLBACK, tutorials));
        realm.scopes().create("""
                {"name": "tutorial", "protocol": "openid-connect", "protocolMappers": [{"name": "aud",
                  "protocol": "openid-connect", "protocolMapper": "oidc-audience-mapper",
                  "config": {"included.custom.audience": "%s", "access.token.claim": "true"}}]}
                """.formatted(tutorials));
        McpClient client = McpClient.of(realm).identifiedBy("tutorial", null, StockRealm.CALLBACK);
        Tokens tokens =
                client.obtain(Browser.of("alice"), client.authorization().resource(SERVER));
        assertThat(tokens.audience()).contains(tutorials).doesNotContain(SERVER);
        diagnose("?client=tutorial").names("hard-coded-audience", "tutorial/aud", "declare the URL as an MCP server");
        realm.delete(realm.scopes().path("tutorial"));
        diagnose("").namesNone("hard-coded-audience");
        diagnose("?client=tutorial").names("hard-coded-audience", "tutorial/aud");
    }

    @Test
    void pkceIsOptionalAndPlainIsOffered() {
        McpClient intranet = McpClient.of(realm).identifiedBy("intranet", null, StockRealm.CALLBACK);
        AuthorizationRequest careless = intranet.authorization().pkce(Pkce.none());
        assertThat(Browser.of("alice").open(careless.uri()).isLogin()).isTrue();
        assertThat(intranet.server().metadata().path("code_challenge_methods_supported"))
                .extracting(method -> method.asText())
                .contains("plain");
        diagnose("").names("not-enforced", "PKCE is optional", "PUT");
    }

    @Test
    void keycloaksLimitCountsEveryClient() {
        String limit = "/components/"
                + realm.components("max-clients").get(0).path("id").asText();
        realm.edit(
                limit,
                policy -> policy.withObject("/config").putArray("max-clients").add("1"));
        ErrorAssertion.assertRefused(McpClient.of(realm).register(ClientMetadata.named("One too many")), 403);
        diagnose("")
                .names("registration-policy-refuses", "Max Clients Limit", "PUT")
                .explainsLastRefusal("registration-policy-refuses", "Max Clients", "PUT");
        realm.edit(
                limit,
                policy -> policy.withObject("/config").putArray("max-clients").add("200"));
    }

    @Test
    void everyConnectionLeavesAClientBehind() {
        ClientMetadata same = ClientMetadata.named("Again");
        assertThat(McpClient.of(realm).registered(same).clientId())
                .isNotEqualTo(McpClient.of(realm).registered(same).clientId());
        diagnose("").names("no-clean-up", "register again", "PUT");
    }

    @Test
    void aMetadataDocumentIsNotRead() {
        McpClient claude = McpClient.of(realm)
                .identifiedBy(
                        "https://claude.ai/oauth/mcp-oauth-client-metadata",
                        null,
                        "https://claude.ai/api/mcp/auth_callback");
        Page page = Browser.of("alice").open(claude.authorization().uri());
        assertThat(page.status()).isEqualTo(400);
        diagnose("")
                .names("no-metadata-documents", "Client not found", "mcp-client-id-metadata-document")
                .explainsLastRefusal("client-unknown", "metadata documents");
    }

    @Test
    void theConsentPageDoesNotSayWhereTheCodeGoes() {
        McpClient client = McpClient.of(realm)
                .registered(ClientMetadata.named("Claude").redirects("https://evil.example/callback"));
        Page page = Browser.of("alice").reach(client.authorization().resource(SERVER));
        assertThat(page.isConsent()).as(page.text()).isTrue();
        assertThat(page.text()).contains("Claude").doesNotContain("evil.example", "tools.example.com");
        diagnose("").names("other-consent-page", "where the codes go", "Login theme mcp");
    }

    @ParameterizedTest
    @MethodSource("io.github.keycloakmcp.tests.integration.admin.StockRealm#knownClients")
    void aKnownClientWouldNotGetAToken(String known) {
        diagnose("?client=" + known).names("client-would-be-refused", "not enabled for MCP", "PUT");
        assertThat(realm.clients().contains(known)).isFalse();
    }

    private Diagnosis diagnose(String query) {
        return Diagnosis.of(realm, query);
    }
}
