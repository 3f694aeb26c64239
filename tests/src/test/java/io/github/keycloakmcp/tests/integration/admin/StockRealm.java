package io.github.keycloakmcp.tests.integration.admin;

import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.client.HttpReply;
import io.github.keycloakmcp.tests.client.McpCall;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Pkce;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakServer;
import io.github.keycloakmcp.tests.server.McpRealm;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A realm that Keycloak made by itself and that has been in use for a while: users, a web application from before PKCE,
 * and settings that its administrators have changed.
 */
final class StockRealm {

    static final String SERVER = "https://tools.example.com/mcp";
    static final String CALLBACK = "https://intranet.example.com/callback";

    /** The client policies that it has already. */
    static final String HOUSE_RULES = """
            {"clientProfiles": {"profiles": [{"name": "house-rules", "executors": [
               {"executor": "secure-session", "configuration": {}}]}]},
             "clientPolicies": {"policies": [{"name": "house-rules", "enabled": false, "profiles": ["house-rules"],
               "conditions": [{"condition": "any-client", "configuration": {}}]}]}}
            """;

    private StockRealm() {}

    /** The clients that diagnosis can simulate, in its own order. */
    static Stream<String> knownClients() {
        return Stream.of(
                "antigravity",
                "chatgpt",
                "claude",
                "claude-code",
                "codex",
                "copilot-cli",
                "copilot-studio",
                "cursor",
                "devin",
                "factory-droid",
                "gemini-cli",
                "goose",
                "grok",
                "kiro",
                "le-chat",
                "lm-studio",
                "make",
                "mcp-inspector",
                "mcp-remote",
                "mcporter",
                "opencode",
                "perplexity",
                "postman",
                "qwen-code",
                "raycast",
                "vscode",
                "warp",
                "zed");
    }

    /** Makes the realm; the caller closes it. */
    static McpRealm create(KeycloakServer server, String name) {
        McpRealm realm = McpRealm.create(server, Json.object(), name);
        for (String user :
                List.of("alice", "viewer", "clerk", "caretaker", "manager", "auditor", "helpdesk", "chief")) {
            user(realm, user);
        }
        realm.clients().create("""
                {"clientId": "intranet", "publicClient": true, "redirectUris": ["%s"]}
                """.formatted(CALLBACK));
        realm.update(HOUSE_RULES);
        realm.update("""
                {"accessTokenLifespan": 240, "displayName": "Example Inc."}
                """);
        String trustedHosts = "/components/"
                + realm.components("trusted-hosts").get(0).path("id").asText();
        realm.edit(
                trustedHosts,
                policy -> policy.withObject("/config").putArray("trusted-hosts").add("ci.example.com"));
        return realm;
    }

    /** Gives a user roles for administrators of this realm. */
    static void grant(McpRealm realm, String user, String... roles) {
        String management = realm.clients().path("realm-management");
        ArrayNode granted = Json.object().putArray("roles");
        for (String role : roles) {
            granted.add(realm.read(management + "/roles/" + role));
        }
        String path = "/users/" + realm.userId(user) + "/role-mappings/clients/" + management.replace("/clients/", "");
        AdminApi.succeeded("POST", path, realm.post(path, granted));
    }

    /** Admin REST as a user of this realm. */
    static Http administrator(McpRealm realm, String user) {
        HttpReply reply = Http.plain()
                .post(
                        URI.create(realm.issuer() + "/protocol/openid-connect/token"),
                        Form.of(
                                "grant_type",
                                "password",
                                "client_id",
                                "admin-cli",
                                "username",
                                user,
                                "password",
                                user));
        String token = Json.parse(reply.body()).path("access_token").asText();
        assertThat(token).as(reply.body()).isNotEmpty();
        return Http.plain().with("Authorization", "Bearer " + token);
    }

    /** The application from before logs a user in, without PKCE, and gets what it always got. */
    static void theOldApplicationStillWorks(McpRealm realm) {
        McpClient intranet = McpClient.of(realm).identifiedBy("intranet", null, CALLBACK);
        Tokens tokens = intranet.obtain(
                Browser.of("alice"), intranet.authorization().pkce(Pkce.none()).scope("openid"));
        assertThat(tokens.claim("azp")).isEqualTo("intranet");
        assertThat(tokens.audience()).noneMatch(audience -> audience.contains("/mcp"));
        intranet.refresh(tokens.refresh()).tokens();
    }

    /** A client that nobody knows registers, sends its user through login and consent, and calls a tool. */
    static Tokens aNewClientReachesATool(McpRealm realm, URI resource) {
        McpClient client = McpClient.of(realm).registered(ClientMetadata.unique("Newcomer"));
        Tokens tokens = client.obtain(
                Browser.of("alice"),
                client.authorization().resource(resource.toString()).scope("mcp:tools"));
        TokenAssertion.assertThat(tokens).isFor(resource.toString());
        assertThat(McpCall.on(resource).with(tokens).whoami().status()).isEqualTo(200);
        return client.refresh(tokens.refresh()).tokens();
    }

    /** Everything that an export of the realm shows, in an order of our own. */
    static JsonNode export(McpRealm realm) {
        String path = "/partial-export?exportClients=true&exportGroupsAndRoles=true";
        return sorted(Json.parse(
                AdminApi.succeeded("POST", path, realm.post(path, "")).asString()));
    }

    private static JsonNode sorted(JsonNode node) {
        if (node.isArray()) {
            ArrayNode array = Json.object().putArray("sorted");
            StreamSupport.stream(node.spliterator(), false)
                    .map(StockRealm::sorted)
                    .sorted(Comparator.comparing(JsonNode::toString))
                    .forEach(array::add);
            return array;
        }
        if (node.isObject()) {
            Map<String, JsonNode> members = new TreeMap<>();
            node.properties().forEach(member -> members.put(member.getKey(), sorted(member.getValue())));
            ObjectNode object = Json.object();
            members.forEach(object::set);
            return object;
        }
        return node;
    }

    private static void user(McpRealm realm, String name) {
        AdminApi.succeeded("POST", "/users", realm.post("/users", """
                {"username": "%1$s", "enabled": true, "email": "%1$s@example.com", "emailVerified": true,
                 "firstName": "%1$s", "lastName": "Example",
                 "credentials": [{"type": "password", "value": "%1$s", "temporary": false}]}
                """.formatted(name)));
    }
}
