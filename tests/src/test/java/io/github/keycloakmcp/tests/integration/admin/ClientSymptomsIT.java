package io.github.keycloakmcp.tests.integration.admin;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Page;
import io.github.keycloakmcp.tests.client.Registration;
import io.github.keycloakmcp.tests.client.TokenReply;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static io.github.keycloakmcp.tests.integration.admin.StockRealm.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

/** What single clients meet in a realm that has been set up: each symptom is provoked, and diagnosis names cause and fix. */
@KeycloakTest(demo = false)
class ClientSymptomsIT extends InStockRealm {

    private static final String DOCUMENT = "https://app.example.com/client.json";
    private static final String ORIGIN = "https://inspector.example.com";

    @BeforeEach
    void enable() {
        realm.put("/mcp", """
                {"servers": ["%s"], "documentsFrom": "any", "allowLoopbackDocuments": false,
                 "allowedOrigins": ["http://localhost:6274"]}
                """.formatted(SERVER));
        realm.update("{\"loginTheme\": \"mcp\"}");
        realm.clearEvents();
    }

    @Test
    void aRegisteredPortIsTheOnlyOne() {
        realm.clients().create("""
                {"clientId": "desk", "publicClient": true, "redirectUris": ["http://127.0.0.1:33418/"],
                 "defaultClientScopes": ["basic", "mcp:tools"]}
                """);
        AuthorizationRequest busy = McpClient.of(realm)
                .identifiedBy("desk", null, "http://127.0.0.1:40001/")
                .authorization()
                .resource(SERVER);
        assertThat(Browser.of("alice").open(busy.uri()).status()).isEqualTo(400);
        diagnose("?client=desk")
                .names("client-bound-to-port", "http://127.0.0.1:33418/", "Invalid parameter: redirect_uri", "any port")
                .names("client-without-consent", "Consent required")
                .explainsLastRefusal("redirect-not-registered", "no other port", "?client=");
        realm.clients().edit("desk", client -> client.putArray("redirectUris").add("http://127.0.0.1/"));
        assertThat(Browser.of("alice").open(busy.uri()).isLogin()).isTrue();
        diagnose("?client=desk").namesNone("client-bound-to-port");
    }

    @Test
    void aProgramInABrowserIsNotLetIn() {
        realm.put("/mcp", "{\"allowedOrigins\": []}");
        Registration answer =
                McpClient.of(realm).sending("Origin", ORIGIN).register(ClientMetadata.named("MCP Inspector"));
        assertThat(answer.status()).isEqualTo(403);
        diagnose("").names("no-browser-clients", "receives 403", "allowedOrigins");
    }

    @Test
    void aProgramInABrowserGetsNoToken() {
        realm.clients().create("""
                {"clientId": "page", "publicClient": true, "redirectUris": ["%s"], "webOrigins": [],
                 "optionalClientScopes": ["mcp:tools"]}
                """.formatted(ORIGIN + "/callback"));
        McpClient page = McpClient.of(realm)
                .identifiedBy("page", null, ORIGIN + "/callback")
                .sending("Origin", ORIGIN);
        AuthorizationRequest request = page.authorization().resource(SERVER).scope("mcp:tools");
        TokenReply answer = page.redeem(request, Browser.of("alice").authorize(request));
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
        diagnose("?client=page")
                .names("client-without-origin", "Web origins")
                .names("client-scope-on-request", "as default");
    }

    @Test
    void anMcpServerOnTheClientItselfIsSeen() {
        realm.clients().create("""
                {"clientId": "own", "publicClient": true, "redirectUris": ["%s"], "defaultClientScopes": ["basic"],
                 "optionalClientScopes": [], "protocolMappers": [{"name": "own servers", "protocol": "openid-connect",
                  "protocolMapper": "mcp-resource-audience", "config": {"mcp-servers": "%s"}}]}
                """.formatted(ClientMetadata.LOOPBACK, SERVER));
        diagnose("?client=own")
                .names("client-declares-servers", "own servers", "POST …/mcp/servers")
                .namesNone("client-without-mcp-scope");
        McpClient own = McpClient.of(realm).identifiedBy("own", null, ClientMetadata.LOOPBACK);
        assertThat(RealFlow.of(realm, own, SERVER).end()).isEqualTo("token");
        realm.clients().delete("own");
    }

    @Test
    void unusedClientsStayForEver() {
        setCleanUp("off");
        diagnose("").names("no-clean-up", "never removed", "clean-up remove");
        setCleanUp("remove");
        diagnose("").namesNone("no-clean-up");
    }

    @Test
    void anotherThemeHidesWhereTheCodeGoes() {
        realm.update("{\"loginTheme\": \"keycloak.v2\"}");
        McpClient client = McpClient.of(realm).registered(ClientMetadata.named("Hidden"));
        Page page = Browser.of("alice").reach(client.authorization().resource(SERVER));
        assertThat(page.isConsent()).as(page.text()).isTrue();
        assertThat(page.text()).doesNotContain("127.0.0.1");
        diagnose("").names("other-consent-page", "Login theme mcp");
        realm.update("{\"loginTheme\": \"mcp\"}");
        diagnose("").namesNone("other-consent-page");
    }

    @Test
    void documentsAreNotReadAnyMore() {
        realm.edit(
                "/client-policies/profiles",
                profiles -> profiles.path("profiles").forEach(ClientSymptomsIT::withoutDocuments));
        assertThat(open(DOCUMENT).status()).isEqualTo(400);
        diagnose("")
                .names("no-metadata-documents", "mcp-client-id-metadata-document", "PUT")
                .explainsLastRefusal("client-unknown", "metadata documents");
    }

    @Test
    void theHostOfADocumentIsNotAccepted() {
        realm.put("/mcp", "{\"documentsFrom\": \"known\"}");
        assertThat(open(DOCUMENT).status()).isEqualTo(400);
        diagnose("").explainsLastRefusal("document-not-accepted", "documentHosts");
    }

    @Test
    void aDocumentCannotBeRead() {
        realm.put("/mcp", "{\"allowLoopbackDocuments\": true}");
        Page overHttps = open("https://localhost:1/client.json");
        assertThat(overHttps.status()).isEqualTo(400);
        diagnose("").explainsLastRefusal("document-unreadable", "public https addresses");
        assertThat(open("http://localhost:1/client.json").text())
                .as("over http in development")
                .isEqualTo(overHttps.text().replace("https://localhost:1", "http://localhost:1"))
                .doesNotContain("Client not found");
    }

    @Test
    void theAddressOfADocumentIsNone() {
        assertThat(open("https://app.example.com").status()).isEqualTo(400);
        diagnose("").explainsLastRefusal("document-address-refused", "with a path");
    }

    @ParameterizedTest
    @CsvSource({
        "mcp:read mcp:tools, scope-unknown, mcp:read",
        "'openid,mcp:tools', scope-malformed, commas",
        "address, scope-not-assigned, address"
    })
    void aScopeIsRefused(String scope, String id, String named) {
        realm.clients().create("""
                {"clientId": "%s", "publicClient": true, "redirectUris": ["%s"],
                 "defaultClientScopes": ["basic", "mcp:tools"], "optionalClientScopes": []}
                """.formatted(id, ClientMetadata.LOOPBACK));
        McpClient client = McpClient.of(realm).identifiedBy(id, null, ClientMetadata.LOOPBACK);
        ErrorAssertion.assertRefused(Browser.of("alice")
                        .open(client.authorization()
                                .resource(SERVER)
                                .scope(scope)
                                .uri())
                        .answer())
                .hasError("invalid_scope");
        diagnose("").explainsLastRefusal(id, named);
        realm.clients().delete(id);
    }

    @Test
    void aParameterIsSentTwice() {
        McpClient client = McpClient.of(realm).registered(ClientMetadata.unique("Twice"));
        ErrorAssertion.assertRefused(Browser.of("alice")
                        .open(client.authorization()
                                .resource(SERVER, "https://more.example.com/mcp")
                                .uri())
                        .answer())
                .hasError("invalid_request");
        diagnose("").explainsLastRefusal("parameter-repeated", "one MCP server");
    }

    @Test
    void anotherClientPolicyOfTheRealmRefusesAClient() {
        McpClient client = McpClient.of(realm).registered(ClientMetadata.unique("Policed"));
        enableHouseRules(true);
        ErrorAssertion.assertRefused(Browser.of("alice")
                        .open(client.authorization()
                                .resource(SERVER)
                                .scope("openid")
                                .uri())
                        .answer())
                .hasError("invalid_request")
                .saying("nonce");
        enableHouseRules(false);
        diagnose("").explainsLastRefusal("client-policy-refuses", "Client policies");
    }

    @Test
    void everyKnownClientIsInTheTableBelow() {
        diagnose("?client=nobody")
                .names("client-unknown", StockRealm.knownClients().collect(Collectors.joining(", ")));
    }

    @ParameterizedTest
    @MethodSource("io.github.keycloakmcp.tests.integration.admin.StockRealm#knownClients")
    void aKnownClientWouldRegisterAndLogIn(String known) {
        List<String> before = realm.clients().ids();
        diagnose("?client=" + known)
                .names("client-would-register")
                .names("client-would-log-in", SERVER)
                .namesNone("client-would-be-refused", "client-would-be-refused-at-login");
        assertThat(realm.clients().ids()).isEqualTo(before);
        assertThat(realm.events()).isEmpty();
    }

    private void setCleanUp(String value) {
        realm.setRegistration("clean-up", value);
    }

    private void enableHouseRules(boolean enabled) {
        realm.edit(
                "/client-policies/policies",
                policies -> policies.path("policies").forEach(policy -> {
                    if (policy.path("name").asText().equals("house-rules")) {
                        ((ObjectNode) policy).put("enabled", enabled);
                    }
                }));
    }

    private static void withoutDocuments(JsonNode profile) {
        Iterator<JsonNode> executors = profile.path("executors").iterator();
        while (executors.hasNext()) {
            if (executors.next().path("executor").asText().equals("mcp-client-id-metadata-document")) {
                executors.remove();
            }
        }
    }

    private Page open(String clientId) {
        McpClient client = McpClient.of(realm).identifiedBy(clientId, null, "http://localhost:4711/callback");
        return Browser.of("alice").open(client.authorization().resource(SERVER).uri());
    }

    private Diagnosis diagnose(String query) {
        return Diagnosis.of(realm, query);
    }
}
