package io.github.keycloakmcp.tests.integration.resource;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.SigningKey;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.TokenReply;
import io.github.keycloakmcp.tests.server.DocumentHost;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.TestSettings;
import io.restassured.response.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.keycloakmcp.tests.integration.resource.RecordedRefusal.assertRecorded;
import static org.assertj.core.api.Assertions.assertThat;

/** One call trusts a company's identity provider, for the clients, servers and users that it names; another one ends it. */
@KeycloakTest(variables = "MCP_ALLOW_LOOPBACK_DOCUMENTS=true")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisabledIfSystemProperty(
        named = "keycloak.url",
        matches = ".+",
        disabledReason = "needs a host that the server trusts")
@DisabledIfSystemProperty(named = "server", matches = "container", disabledReason = "needs the server's own loopback")
class CompanyTrustIT {

    private static final String PATH = "/mcp/identity-providers/company";
    private static final String EVENT = "JWT_AUTHORIZATION_GRANT_ERROR";
    private static final String PROFILE = "urn:ietf:params:oauth:grant-profile:id-jag";
    private static final String A = McpRealm.SERVER_A;

    private final Enterprise company = new Enterprise(SigningKey.generate());
    private final DocumentHost host = DocumentHost.start();
    private McpRealm realm;
    private McpClient client;
    private String keys = "";

    @BeforeAll
    void register(McpRealm one) {
        realm = one;
        client = McpClient.of(realm).registered(ClientMetadata.unique("Assistant"));
        keys = host.serve("/keys.json", 200, "application/json", company.key().jwks());
    }

    @BeforeEach
    void clearEvents() {
        realm.clearEvents();
    }

    @AfterEach
    void distrust() {
        realm.delete(PATH);
        realm.delete("/identity-provider/instances/company");
    }

    @AfterAll
    void close() {
        host.close();
    }

    @Test
    void aPublicClientOfTheCompanyGetsATokenWithoutLoginAndConsent() {
        JsonNode before = realm.clients().get(client.clientId());
        assertThat(profiles()).doesNotContain(PROFILE);
        JsonNode answer = trust(Map.of("clients", List.of(client.clientId()), "users", "username:preferred_username"));
        assertThat(answer.path("changes")).isNotEmpty();
        assertThat(answer.path("identityProvider").path("users").asText()).isEqualTo("username:preferred_username");
        assertThat(profiles()).contains(PROFILE);
        TokenReply reply =
                present(client, Map.of("preferred_username", "alice", "resource", A, "scope", "mcp:tools profile"));
        TokenAssertion.assertThat(reply.tokens()).isFor(A);
        assertThat(realm.events("JWT_AUTHORIZATION_GRANT"))
                .singleElement()
                .satisfies(event -> assertThat(event.details()).containsEntry("mcp_approved_by", "company"));
        assertThat(withoutUse(realm.clients().get(client.clientId()))).isEqualTo(withoutUse(before));
        assertThat(trust(Map.of("users", "username:preferred_username")).path("changes"))
                .as("the same again")
                .isEmpty();
        assertThat(realm.read("/mcp/identity-providers").path(0)).isEqualTo(realm.read(PATH));
    }

    @Test
    void aClientThatIsNotNamedIsRefused() {
        trust(Map.of("users", "email"));
        ErrorAssertion.assertRefused(present(client, alice()), 400)
                .hasError("invalid_grant")
                .saying("Public client not allowed");
    }

    @Test
    void aClientWithADocumentNeedsNoLoginEverSinceKeycloakAsksBeforeItLooksForTheClient() {
        String id = host.publish("/agent.json", """
                "client_name": "Agent", "redirect_uris": ["http://127.0.0.1/callback"], "token_endpoint_auth_method": "none",
                "grant_types": ["authorization_code", "urn:ietf:params:oauth:grant-type:jwt-bearer"]""");
        McpClient agent = McpClient.of(realm).identifiedBy(id, null, "http://127.0.0.1/callback");
        trust(Map.of("users", "email"));
        ErrorAssertion.assertRefused(present(agent, alice()), 401).hasError("invalid_client");
        assertThat(host.requests("/agent.json")).as("nobody asked for it").isEmpty();
        trust(Map.of("documentClients", true));
        if (TestSettings.keycloakVersion().startsWith("26.6.")) {
            ErrorAssertion.assertRefused(present(agent, alice()), 401).hasError("invalid_client");
            return;
        }
        TokenAssertion.assertThat(present(agent, alice()).tokens()).isFor(A);
        assertThat(realm.clients().get(id).path("consentRequired").asBoolean())
                .as("in a browser")
                .isTrue();
    }

    @Test
    void aCompanyOpensItsServersOnly() {
        trust(Map.of("clients", List.of(client.clientId()), "servers", List.of(McpRealm.SERVER_B), "users", "email"));
        ErrorAssertion.assertRefused(present(client, alice()), 400)
                .hasError("invalid_grant")
                .saying(A);
        assertRecorded(realm, EVENT, "invalid_grant", "assertion-server-not-trusted");
        Map<String, Object> other = new HashMap<>(alice());
        other.put("resource", McpRealm.SERVER_B);
        TokenAssertion.assertThat(present(client, other).tokens()).isFor(McpRealm.SERVER_B);
    }

    @Test
    void takenBackTheTrustIsGoneAtOnce() {
        trust(Map.of("clients", List.of(client.clientId()), "users", "email"));
        present(client, alice()).tokens();
        assertThat(realm.delete(PATH).statusCode()).isEqualTo(200);
        ErrorAssertion.assertRefused(present(client, alice()), 400).hasError("invalid_grant");
        assertThat(profiles()).doesNotContain(PROFILE);
        assertThat(realm.get(PATH).statusCode()).isEqualTo(404);
        assertThat(realm.delete(PATH).statusCode()).isEqualTo(404);
        assertThat(realm.read("/identity-provider/instances/company")
                        .path("alias")
                        .asText())
                .as("with the links of its users")
                .isEqualTo("company");
    }

    @Test
    void usersAreFoundAsTheAdministratorAllows() {
        trust(Map.of("clients", List.of(client.clientId())));
        assertUnknown(alice());
        trust(Map.of("users", "email"));
        present(client, alice()).tokens();
        assertUnknown(Map.of("email", "alice@example.com", "resource", A));
        assertUnknown(Map.of("email", "alice@example.com", "email_verified", "true", "resource", A));
        assertUnknown(Map.of("email", "nobody@example.com", "email_verified", true, "resource", A));
        realm.edit("/users/" + realm.userId("bob"), user -> user.put("emailVerified", false));
        assertUnknown(Map.of("email", "bob@example.com", "email_verified", true, "resource", A));
        trust(Map.of("users", "username:login"));
        assertUnknown(alice());
        present(client, Map.of("login", "bob", "resource", A)).tokens();
        trust(Map.of("users", "link"));
        assertUnknown(Map.of("login", "bob", "resource", A));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"isuer\": \"https://idp.enterprise.example\"}",
                "{\"issuer\": 1}",
                "{\"users\": \"anybody\"}",
                "{\"users\": \"username:\"}",
                "{\"clients\": \"all\"}",
                "{\"clients\": [\"no-such-client\"]}",
                "{\"clients\": [\"a##b\"]}",
                "{\"documentClients\": \"yes\"}",
                "{\"servers\": [\"ftp://x\"]}",
                "{\"jwksUrl\": \"file:///etc/passwd\"}",
                "{\"jwksUrl\": \"http://keys.example/jwks\"}"
            })
    void whatCannotBeRightChangesNothing(String document) {
        trust(Map.of("users", "email"));
        JsonNode before = realm.read("/identity-provider/instances/company");
        assertThat(realm.put(PATH, document).statusCode()).as(document).isEqualTo(400);
        assertThat(realm.read("/identity-provider/instances/company")).isEqualTo(before);
    }

    @Test
    void aNewOneNeedsIssuerAndKeysAndADryRunMakesNone() {
        assertThat(realm.put(PATH, "{\"users\": \"email\"}").statusCode()).isEqualTo(400);
        Response dry = realm.put(PATH + "?dryRun=true", document(Map.of()).toString());
        assertThat(dry.statusCode()).isEqualTo(200);
        assertThat(Json.parse(dry.asString()).path("changes")).isNotEmpty();
        assertThat(realm.get("/identity-provider/instances/company").statusCode())
                .isEqualTo(404);
        assertThat(realm.put("/mcp/identity-providers/a%20b", document(Map.of()).toString())
                        .statusCode())
                .isEqualTo(400);
    }

    private JsonNode trust(Map<String, Object> members) {
        Response answer = realm.put(PATH, document(members).toString());
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        return Json.parse(answer.asString());
    }

    private JsonNode document(Map<String, Object> members) {
        Map<String, Object> document = new HashMap<>(Map.of("issuer", Enterprise.ISSUER, "jwksUrl", keys));
        document.putAll(members);
        return Json.tree(document);
    }

    private static Map<String, Object> alice() {
        return Map.of("email", "alice@example.com", "email_verified", true, "resource", A);
    }

    private TokenReply present(McpClient presenter, Map<String, Object> claims) {
        String assertion = company.vouch("subject-of-the-company", presenter.clientId(), realm.issuer(), claims);
        return presenter.token(Form.of("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer")
                .with("assertion", assertion));
    }

    private void assertUnknown(Map<String, Object> claims) {
        ErrorAssertion.assertRefused(present(client, claims), 400)
                .hasError("invalid_grant")
                .saying("User not found");
    }

    private String profiles() {
        URI location = URI.create(realm.issuer() + "/.well-known/oauth-authorization-server");
        return Json.parse(Http.plain().get(location).body())
                .path("authorization_grant_profiles_supported")
                .toString();
    }

    private static String withoutUse(JsonNode stored) {
        return stored.toString().replaceAll("\"mcp\\.last-used\":\"\\d+\",?", "");
    }
}
