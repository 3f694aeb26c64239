package io.github.keycloakmcp.tests.integration.cost;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.OAuthReply;
import io.github.keycloakmcp.tests.client.Page;
import io.github.keycloakmcp.tests.client.TokenReply;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Awaited;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakCluster;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.RealmTemplate;
import io.github.keycloakmcp.tests.server.SharedServers;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an administrator changes on one node decides the next request at the other, whatever that one has kept in memory. Only
 * what Keycloak's message to the other node takes is waited for: milliseconds, or more on a busy machine.
 */
@EnabledIf("io.github.keycloakmcp.tests.server.KeycloakCluster#isPossible")
@ExtendWith(SharedServers.class)
class ChangesOnTwoNodesIT {

    private static final Duration MESSAGE = Duration.ofSeconds(20);
    private static final String MACHINE = "demo-machine";
    private static final String OWN = "https://helper.example.com/cb";
    private static final String HOST = "https://tools.example.com/cb";
    private static final String VSCODE = "https://vscode.dev/redirect";
    private static final String OTHER = "a token for no MCP server";
    private static final String UNDECLARED = "https://undeclared.example.com/mcp";
    private static final String SERVER_CHECK = "mcp-resource";
    private static final String LOGIN = "login page";
    private static final String ADDED = "https://added.example.com/mcp";

    /**
     * A change on one node.
     *
     * @param name what changes
     * @param make changes it
     * @param request what is sent to the other node, and what comes of it in a few words
     * @param before what comes of it before the change
     * @param after and afterwards
     */
    private record Change(
            String name, Consumer<McpRealm> make, Function<McpRealm, String> request, String before, String after) {}

    private static List<Change> changes() {
        return List.of(
                new Change("own known client", own(OWN), registering(OWN), "invalid_redirect_uri", "201"),
                new Change("no own known client", own(""), registering(OWN), "201", "invalid_redirect_uri"),
                new Change(
                        "trusted host", trusted("tools.example.com"), registering(HOST), "invalid_redirect_uri", "201"),
                new Change("no trusted host", trusted(""), registering(HOST), "201", "invalid_redirect_uri"),
                new Change("no known client", known(""), registering(VSCODE), "201", "invalid_redirect_uri"),
                new Change("known client", known("vscode"), registering(VSCODE), "invalid_redirect_uri", "201"),
                new Change("server", ChangesOnTwoNodesIT::addServer, token(ADDED), "invalid_target", ADDED),
                new Change(
                        "server of another scope",
                        realm -> servers(realm, McpRealm.SERVER_B),
                        token(ADDED),
                        ADDED,
                        "invalid_target"),
                new Change(
                        "client without the scope",
                        realm -> scope("DELETE", realm),
                        token(McpRealm.SERVER_B),
                        McpRealm.SERVER_B,
                        "invalid_target"),
                new Change(
                        "client with the scope",
                        realm -> scope("PUT", realm),
                        token(McpRealm.SERVER_B),
                        "invalid_target",
                        McpRealm.SERVER_B),
                new Change("no client policy", enabled(false), asking(UNDECLARED), "invalid_target", LOGIN),
                new Change("client policy", enabled(true), asking(UNDECLARED), LOGIN, "invalid_target"),
                new Change(
                        "client profile without the check of servers",
                        profile(executors -> executors.remove(SERVER_CHECK)),
                        asking(UNDECLARED),
                        "invalid_target",
                        LOGIN),
                new Change(
                        "client profile with the check of servers",
                        profile(executors -> executors.put(SERVER_CHECK, Json.object())),
                        asking(UNDECLARED),
                        LOGIN,
                        "invalid_target"),
                new Change(
                        "no scope, so that the realm has nothing to do with MCP",
                        realm -> deleted(realm, realm.scopes().path("mcp:tools")),
                        token(McpRealm.SERVER_B),
                        McpRealm.SERVER_B,
                        OTHER));
    }

    @Test
    void eachChangeDecidesTheNextRequestAtTheOtherNode(KeycloakCluster cluster) {
        try (McpRealm first = McpRealm.create(
                cluster.first(),
                RealmTemplate.read(TestSettings.realmConfig(), true)
                        .resolved(Map.of("MCP_SERVERS", McpRealm.SERVER_A + "##" + McpRealm.SERVER_B)),
                "changes-on-two-nodes")) {
            McpRealm second = first.at(cluster.second());
            for (Change change : changes()) {
                seen(first, second, change);
            }
        }
    }

    /** The first request at each node fills what it keeps. */
    private static void seen(McpRealm first, McpRealm second, Change change) {
        for (McpRealm node : List.of(first, second)) {
            Awaited.untilAsserted(
                    MESSAGE,
                    () -> assertThat(change.request().apply(node))
                            .as("%s: before", change.name())
                            .isEqualTo(change.before()));
        }
        change.make().accept(first);
        assertThat(change.request().apply(first))
                .as("%s: on the same node", change.name())
                .isEqualTo(change.after());
        Awaited.untilAsserted(
                MESSAGE,
                () -> assertThat(change.request().apply(second))
                        .as("%s: on the other node", change.name())
                        .isEqualTo(change.after()));
    }

    /** Both shells judge by the setting of the policy. */
    private static Consumer<McpRealm> own(String uri) {
        return realm -> realm.setRegistration("own-known-clients", uri.isEmpty() ? "" : "helper=" + uri);
    }

    private static Consumer<McpRealm> trusted(String host) {
        return realm -> realm.setRegistration("trusted-hosts", host);
    }

    private static Consumer<McpRealm> known(String client) {
        return realm -> realm.setRegistration("known-clients", client);
    }

    private static void addServer(McpRealm realm) {
        AdminApi.succeeded(
                "POST", "/mcp/servers", realm.post("/mcp/servers", Json.object().put("uri", ADDED)));
    }

    private static void servers(McpRealm realm, String... servers) {
        realm.scopes()
                .editMapper(
                        "mcp:tools",
                        "mcp-resource-audience",
                        mapper -> mapper.withObject("/config").put("mcp-servers", String.join("##", servers)));
    }

    private static void scope(String method, McpRealm realm) {
        String path = realm.clients().path(MACHINE) + "/default-client-scopes/"
                + realm.scopes().get("mcp:tools").path("id").asText();
        AdminApi.succeeded(method, path, method.equals("PUT") ? realm.put(path, "{}") : realm.delete(path));
    }

    private static void deleted(McpRealm realm, String path) {
        AdminApi.succeeded("DELETE", path, realm.delete(path));
    }

    private static Consumer<McpRealm> enabled(boolean enabled) {
        return realm -> realm.edit(
                "/client-policies/policies",
                policies -> policies.path("policies").forEach(policy -> ((ObjectNode) policy).put("enabled", enabled)));
    }

    /** Changes the executors of the client profile: their configurations by their ids. */
    private static Consumer<McpRealm> profile(Consumer<Map<String, JsonNode>> change) {
        return realm -> realm.edit("/client-policies/profiles", profiles -> {
            ArrayNode executors = (ArrayNode) profiles.at("/profiles/0/executors");
            Map<String, JsonNode> configurations = new LinkedHashMap<>();
            executors.forEach(one -> configurations.put(one.path("executor").asText(), one.path("configuration")));
            change.accept(configurations);
            executors.removeAll();
            configurations.forEach((id, configuration) ->
                    executors.addObject().put("executor", id).set("configuration", configuration));
        });
    }

    /** What a browser gets for an authorization request: the login page, or an error at the client. */
    private static Function<McpRealm, String> asking(String server) {
        return realm -> {
            McpClient client = McpClient.of(realm).registered(ClientMetadata.named("Asks"));
            Page page = Browser.of("alice")
                    .open(client.authorization().resource(server).uri());
            return page.isLogin() ? LOGIN : page.answer().error().orElse("");
        };
    }

    private static Function<McpRealm, String> registering(String redirect) {
        return realm -> outcome(
                McpClient.of(realm).register(ClientMetadata.unique("Any").redirects(redirect)), "201");
    }

    private static Function<McpRealm, String> token(String server) {
        return realm -> {
            TokenReply reply = McpClient.of(realm)
                    .identifiedBy(MACHINE, "demo-machine-secret", "")
                    .clientCredentials("", server);
            boolean bound = reply.issued() && reply.tokens().audience().equals(List.of(server));
            return outcome(reply, bound ? server : OTHER);
        };
    }

    private static String outcome(OAuthReply reply, String success) {
        return reply.status() < 300 ? success : reply.error().orElse("");
    }
}
