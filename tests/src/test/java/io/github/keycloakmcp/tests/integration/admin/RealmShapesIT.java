package io.github.keycloakmcp.tests.integration.admin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Pkce;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Realms in the shape of public tutorials and products ({@code realm-shapes.json}): one call enables them, a client that
 * registers gets a token for the MCP server, one call leaves them as they were, and their own clients notice nothing.
 */
@KeycloakTest(demo = false)
class RealmShapesIT {

    private static final String SERVER = "https://mcp.example.com/mcp";
    private static final AtomicInteger COUNT = new AtomicInteger();

    static Stream<Shape> shapes() throws IOException {
        try (InputStream file = Objects.requireNonNull(RealmShapesIT.class.getResourceAsStream("realm-shapes.json"))) {
            JsonNode all = Json.parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
            return StreamSupport.stream(all.spliterator(), false).map(Shape::new).toList().stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void isEnabledUsedAndLeftAsItWas(Shape shape, McpRealm neighbour) {
        try (McpRealm realm = shape.create(neighbour, neighbour.name() + "-shape" + COUNT.incrementAndGet())) {
            JsonNode before = StockRealm.export(realm);
            List<String> own = shape.tokens(realm);

            AdminApi.succeeded(
                    "PUT", "/mcp", realm.put("/mcp", "{\"servers\": [\"" + SERVER + "\"], \"knownClients\": [\"*\"]}"));
            assertThat(shape.tokens(realm)).isEqualTo(own);
            McpClient client = McpClient.of(realm).registered(ClientMetadata.unique("Newcomer"));
            Tokens tokens =
                    client.obtain(Browser.of("alice"), client.authorization().resource(SERVER));
            TokenAssertion.assertThat(tokens).isFor(SERVER).hasScopes("mcp:tools");
            TokenAssertion.assertThat(client.refresh(tokens.refresh()).tokens()).isFor(SERVER);
            Diagnosis.of(realm, "?resource=" + SERVER).isGreen();

            AdminApi.succeeded("DELETE", "/mcp/clients", realm.delete("/mcp/clients/" + client.clientId()));
            AdminApi.succeeded("DELETE", "/mcp", realm.delete("/mcp"));
            JsonNode after = StockRealm.export(realm);
            before.properties()
                    .forEach(member -> assertThat(after.path(member.getKey()))
                            .as(member.getKey())
                            .isEqualTo(member.getValue()));
            assertThat(after).isEqualTo(before);
            assertThat(shape.tokens(realm)).isEqualTo(own);
        }
    }

    /**
     * One realm.
     *
     * @param json its name, where the shape is from, the realm file, what is added to it, and the client that is in it
     */
    record Shape(JsonNode json) {

        McpRealm create(McpRealm neighbour, String name) {
            ObjectNode file = json.path("realm").deepCopy();
            file.putArray("users").add(Json.parse("""
                    {"username": "alice", "enabled": true, "email": "alice@example.com", "emailVerified": true,
                     "firstName": "Alice", "lastName": "Example",
                     "credentials": [{"type": "password", "value": "alice", "temporary": false}]}
                    """));
            // A file that lists client scopes would replace the built-in ones, and its clients can only name what is
            // there.
            JsonNode clients = json.has("scopes") ? file.remove("clients") : Json.object();
            McpRealm realm = McpRealm.create(neighbour.server(), file, name);
            json.path("scopes").forEach(scope -> add(realm, scope));
            clients.forEach(client -> realm.clients().create(client.toString()));
            json.path("policies")
                    .properties()
                    .forEach(policy -> realm.components(policy.getKey())
                            .forEach(component -> realm.edit(
                                    "/components/" + component.path("id").asText(),
                                    stored -> stored.withObject("/config").setAll((ObjectNode) policy.getValue()))));
            return realm;
        }

        /** What the client that was there before gets: audience and scopes, for its user and for itself. */
        List<String> tokens(McpRealm realm) {
            JsonNode own = json.path("client");
            String secret = own.path("secret").asText(null);
            McpClient client = McpClient.of(realm)
                    .identifiedBy(
                            own.path("id").asText(),
                            secret,
                            own.path("redirect").asText());
            AuthorizationRequest request = client.authorization()
                    .pkce(own.path("pkce").asBoolean() ? Pkce.s256() : Pkce.none())
                    .scope(own.path("scope").asText());
            String user = shown(client.obtain(Browser.of("alice"), request));
            return own.path("machine").asBoolean()
                    ? List.of(user, shown(client.clientCredentials("").tokens()))
                    : List.of(user);
        }

        private static String shown(Tokens tokens) {
            return new TreeSet<>(tokens.audience()) + " " + new TreeSet<>(tokens.scopes());
        }

        private static void add(McpRealm realm, JsonNode scope) {
            ObjectNode created = Json.object();
            created.put("name", scope.path("name").asText()).put("protocol", "openid-connect");
            created.putObject("attributes").put("include.in.token.scope", "true");
            if (scope.has("mapper")) {
                ObjectNode mapper = scope.path("mapper").deepCopy();
                created.putArray("protocolMappers")
                        .add(mapper.put("name", "audience").put("protocol", "openid-connect"));
            }
            realm.scopes().create(created.toString());
            String id =
                    realm.scopes().get(scope.path("name").asText()).path("id").asText();
            String path = "/default-" + scope.path("assigned").asText() + "-client-scopes/" + id;
            AdminApi.succeeded("PUT", path, realm.put(path, "{}"));
        }

        /** Names the row of the test. */
        @Override
        public String toString() {
            return json.path("name").asText();
        }
    }
}
