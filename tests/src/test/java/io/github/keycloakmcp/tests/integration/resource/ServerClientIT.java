package io.github.keycloakmcp.tests.integration.resource;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.TokenReply;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An MCP server that is a client of the realm: its client id stands beside its URI in the audience, so that it, and only
 * it, introspects and exchanges the tokens that are for it.
 */
@KeycloakTest
class ServerClientIT {

    private static final String A = McpRealm.SERVER_A;
    private static final String B = McpRealm.SERVER_B + "/";
    private static final String API = "orders-api";
    private static final String SECRET = "secret-of-the-server";

    private final McpRealm realm;
    private final McpClient client;

    ServerClientIT(McpRealm realm) {
        this.realm = realm;
        this.client = McpClient.of(realm).registered(ClientMetadata.named("Caller"));
    }

    /** B's client writes its URI in another spelling than the mapper does. */
    @BeforeAll
    static void makeServers(McpRealm realm) {
        makeServer(realm, A);
        makeServer(realm, B);
        realm.clients().create("{\"clientId\": \"%s\", \"publicClient\": true}".formatted(API));
    }

    @Test
    void theClientIdStandsBesideTheUriWhereItIsAnother() {
        TokenAssertion.assertThat(tokenFor(McpRealm.SERVER_A)).isFor(A);
        TokenAssertion.assertThat(tokenFor(McpRealm.SERVER_B)).isFor(B, McpRealm.SERVER_B);
    }

    @Test
    void refreshKeepsTheClientId() {
        Tokens next = client.refresh(tokenFor(McpRealm.SERVER_B).refresh()).tokens();
        TokenAssertion.assertThat(next).isFor(B, McpRealm.SERVER_B);
    }

    @Test
    void theServerIntrospectsItsTokenAndAnotherServerDoesNot() {
        String token = tokenFor(McpRealm.SERVER_A).accessToken();
        JsonNode own = server(A).introspect(token).json();
        assertThat(own.path("active").asBoolean()).as(own.toString()).isTrue();
        assertThat(Json.texts(own.path("aud"))).containsExactly(A);
        assertThat(server(B).introspect(token).json().path("active").asBoolean(true))
                .isFalse();
    }

    @Test
    void theServerExchangesItsTokenAndAnotherServerCannot() {
        String token = tokenFor(McpRealm.SERVER_A).accessToken();
        TokenAssertion.assertThat(server(A).token(exchange(token)).tokens())
                .isFor(API)
                .isOf("alice");
        TokenReply foreign = server(B).token(exchange(token));
        // Keycloak's own answer and status.
        ErrorAssertion.assertRefused(foreign, 403).hasError("access_denied");
    }

    @Test
    void aServerWithoutTheMcpScopeExchangesForAnAudienceAndItsResourceParameterMeansNothing() {
        String token = tokenFor(McpRealm.SERVER_A).accessToken();
        for (String resource : new String[] {McpRealm.SERVER_B, "https://evil.example/mcp"}) {
            Form form = exchange(token).with("resource", resource);
            TokenAssertion.assertThat(server(A).token(form).tokens()).isFor(API);
        }
    }

    @Test
    void withTheMcpScopeAnAudienceHasToBeThatOfTheNamedServer() {
        realm.clients().create("""
                        {"clientId": "gateway", "secret": "%s", "publicClient": false, "redirectUris": ["%s"],
                         "defaultClientScopes": ["basic", "mcp:tools"],
                         "attributes": {"standard.token.exchange.enabled": "true"},
                         "protocolMappers": [{"name": "orders", "protocol": "openid-connect",
                           "protocolMapper": "oidc-audience-mapper",
                           "config": {"included.client.audience": "%s", "access.token.claim": "true"}}]}
                        """.formatted(SECRET, ClientMetadata.LOOPBACK, API));
        McpClient gateway = server("gateway");
        String token = gateway.obtain(
                        Browser.of("alice"), gateway.authorization().resource(McpRealm.SERVER_A))
                .accessToken();
        Form forB = exchange(token).with("resource", McpRealm.SERVER_B);
        ErrorAssertion.assertRefused(gateway.token(forB), 400).hasError("invalid_request");
        TokenAssertion.assertThat(gateway.token(forB.with("audience", B)).tokens())
                .isFor(B, McpRealm.SERVER_B);
        ErrorAssertion.assertRefused(gateway.token(forB.with("audience", A)), 400)
                .hasError("invalid_request");
    }

    @Test
    void aDisabledServerClientLeavesTheAudienceAtOnce() {
        realm.clients().edit(B, client -> client.put("enabled", false));
        try {
            TokenAssertion.assertThat(tokenFor(McpRealm.SERVER_B)).isFor(McpRealm.SERVER_B);
        } finally {
            realm.clients().edit(B, client -> client.put("enabled", true));
        }
    }

    @Test
    void aDisabledClientDoesNotComeBackAsAnAdditionalAudience() {
        Catalogue catalogue = new Catalogue(realm);
        catalogue.set("additional-audiences", API + " " + McpRealm.SERVER_A);
        TokenAssertion.assertThat(tokenFor(McpRealm.SERVER_A)).isFor(A, API);
        realm.clients().edit(API, client -> client.put("enabled", false));
        try {
            Tokens tokens = tokenFor(McpRealm.SERVER_A);
            TokenAssertion.assertThat(tokens).isFor(A);
            TokenAssertion.assertThat(client.refresh(tokens.refresh()).tokens()).isFor(A);
        } finally {
            realm.clients().edit(API, client -> client.put("enabled", true));
            catalogue.set("additional-audiences", "");
        }
    }

    @Test
    void aClientWithTheUrlOfAServerIsNoServerUnlessItIsListed() {
        makeServer(realm, "https://only.a.client.example/mcp");
        new Catalogue(realm).set("include-clients", "true");
        AuthorizationRequest request = client.authorization().resource("https://only.a.client.example/mcp");
        assertThat(Browser.of("alice").open(request.uri()).answer().error()).contains("invalid_target");
        new Catalogue(realm).set("include-clients", "false");
    }

    private Tokens tokenFor(String resource) {
        return client.obtain(Browser.of("alice"), client.authorization().resource(resource));
    }

    private McpClient server(String id) {
        return McpClient.of(realm).identifiedBy(id, SECRET, ClientMetadata.LOOPBACK);
    }

    private static Form exchange(String token) {
        return Form.of("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange", "subject_token", token)
                .with("subject_token_type", "urn:ietf:params:oauth:token-type:access_token")
                .with("audience", API);
    }

    private static void makeServer(McpRealm realm, String id) {
        realm.clients().create("""
                        {"clientId": "%s", "secret": "%s", "publicClient": false, "standardFlowEnabled": false,
                         "serviceAccountsEnabled": true, "defaultClientScopes": ["basic", "profile"],
                         "attributes": {"standard.token.exchange.enabled": "true"},
                         "protocolMappers": [{"name": "orders", "protocol": "openid-connect",
                           "protocolMapper": "oidc-audience-mapper",
                           "config": {"included.client.audience": "%s", "access.token.claim": "true"}}]}
                        """.formatted(id, SECRET, API));
    }
}
