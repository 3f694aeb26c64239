package io.github.keycloakmcp.tests.integration.resource;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.HttpReply;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An MCP server that introspects instead of verifying, known to the realm as a client named by its own URL. It must read
 * the audience that is in the token, though other mappers of the realm would add theirs (RFC 7662 section 2.2).
 */
@KeycloakTest
class IntrospectionIT {

    private static final String API = "https://api.example/orders";
    private static final String SECRET = "secret-of-the-server";

    private final McpRealm realm;
    private final McpClient client;

    IntrospectionIT(McpRealm realm) {
        this.realm = realm;
        this.client = McpClient.of(realm).registered(ClientMetadata.named("Introspected"));
    }

    @BeforeAll
    static void addServersAndAnotherAudience(McpRealm realm) {
        for (String server : new String[] {McpRealm.SERVER_A, McpRealm.SERVER_B}) {
            realm.clients().create("""
                            {"clientId": "%s", "secret": "%s", "publicClient": false, "standardFlowEnabled": false}
                            """.formatted(server, SECRET));
        }
        realm.scopes().create("""
                        {"name": "orders", "protocol": "openid-connect",
                         "protocolMappers": [{"name": "api", "protocol": "openid-connect",
                           "protocolMapper": "oidc-audience-mapper",
                           "config": {"included.custom.audience": "%s", "access.token.claim": "true",
                             "introspection.token.claim": "true"}}]}
                        """.formatted(API));
        String path = "/default-default-client-scopes/"
                + realm.scopes().get("orders").path("id").asText();
        AdminApi.succeeded("PUT", path, realm.put(path, "{}"));
    }

    @Test
    void theServerReadsTheAudienceOfTheTokenAndNoMore() {
        Tokens tokens = granted();
        assertThat(realm.clients().defaultScopes(client.clientId())).contains("orders");
        JsonNode answer = introspect(McpRealm.SERVER_A, tokens);
        assertThat(answer.path("active").asBoolean()).as(answer.toString()).isTrue();
        assertThat(Json.texts(answer.path("aud"))).containsExactly(McpRealm.SERVER_A);
        assertThat(answer.path("scope").asText()).contains("mcp:tools");
        assertThat(answer.path("client_id").asText()).isEqualTo(client.clientId());
    }

    @Test
    void aRefreshedTokenReadsTheSame() {
        Tokens next = client.refresh(granted().refresh()).tokens();
        assertThat(Json.texts(introspect(McpRealm.SERVER_A, next).path("aud"))).containsExactly(McpRealm.SERVER_A);
    }

    @Test
    void userInfoAnswersTheClientAndNamesNoAudience() {
        Tokens tokens = client.obtain(
                Browser.of("alice"),
                client.authorization().resource(McpRealm.SERVER_A).scope("openid mcp:tools"));
        HttpReply reply = client.http()
                .with("Authorization", "Bearer " + tokens.accessToken())
                .get(client.server().endpoint("userinfo_endpoint"));
        reply.expect(200);
        assertThat(reply.json().path("sub").asText()).isEqualTo(tokens.claim("sub"));
        assertThat(reply.json().has("aud")).isFalse();
    }

    @Test
    void theOtherServerLearnsNothing() {
        JsonNode answer = introspect(McpRealm.SERVER_B, granted());
        assertThat(answer.path("active").asBoolean()).isFalse();
        assertThat(answer.size()).isEqualTo(1);
    }

    private Tokens granted() {
        return client.obtain(Browser.of("alice"), client.authorization().resource(McpRealm.SERVER_A));
    }

    private JsonNode introspect(String server, Tokens tokens) {
        var reply = McpClient.of(realm).identifiedBy(server, SECRET, "").introspect(tokens.accessToken());
        reply.expect(200);
        return reply.json();
    }
}
