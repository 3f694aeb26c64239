package io.github.keycloakmcp.benchmarks;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.RealmTemplate;
import io.github.keycloakmcp.tests.server.TestSettings;

/**
 * The shipped realm with the demo users, in some size. On a server without the extension it is the same realm with
 * Keycloak's own mapper in place of ours, which gives every token one audience, and without our policies. So it is on both,
 * where the size says that the realm has nothing to do with MCP.
 */
final class BenchmarkRealm {

    private static final int CLIENTS_AT_ONCE = 500;

    private BenchmarkRealm() {}

    static McpRealm create(BenchmarkServer server, Size size) {
        ObjectNode shipped = RealmTemplate.read(TestSettings.realmConfig(), true)
                .resolved(Map.of("MCP_SERVERS", size.declaration()));
        ObjectNode realm = server.product() && size.isMcp() ? shipped : withoutProduct(shipped, size.server());
        JsonNode savedEvents = realm.path("enabledEventTypes");
        McpRealm created = McpRealm.create(server.keycloak(), realm, size.realm());
        created.update(Json.object()
                .put("adminEventsEnabled", false)
                .put("bruteForceProtected", false)
                .set("enabledEventTypes", savedEvents)
                .toString());
        for (int first = 0; first < size.clients(); first += CLIENTS_AT_ONCE) {
            addClients(created, first, Math.min(size.clients(), first + CLIENTS_AT_ONCE));
        }
        return created;
    }

    private static void addClients(McpRealm realm, int first, int end) {
        String clients = IntStream.range(first, end)
                .mapToObj(number -> "{\"clientId\": \"filler-%d\", \"publicClient\": true}".formatted(number))
                .collect(Collectors.joining(","));
        String path = "/partialImport";
        AdminApi.succeeded(
                "POST", path, realm.post(path, "{\"ifResourceExists\": \"FAIL\", \"clients\": [" + clients + "]}"));
    }

    private static ObjectNode withoutProduct(ObjectNode shipped, String audience) {
        ObjectNode realm = shipped.deepCopy();
        realm.remove("loginTheme");
        removeOurs(realm.withArray("requiredActions"), "providerId");
        for (JsonNode profile : realm.path("clientProfiles").path("profiles")) {
            removeOurs((ArrayNode) profile.path("executors"), "executor");
        }
        realm.path("components").forEach(components -> removeOurs((ArrayNode) components, "providerId"));
        for (JsonNode scope : realm.path("clientScopes")) {
            for (JsonNode mapper : scope.path("protocolMappers")) {
                if (mapper.path("protocolMapper").asText().equals("mcp-resource-audience")) {
                    ((ObjectNode) mapper)
                            .put("protocolMapper", "oidc-audience-mapper")
                            .set(
                                    "config",
                                    Json.tree(Map.of(
                                            "included.custom.audience", audience, "access.token.claim", "true")));
                }
            }
        }
        return realm;
    }

    private static void removeOurs(ArrayNode providers, String member) {
        for (int i = providers.size() - 1; i >= 0; i--) {
            if (providers.path(i).path(member).asText().startsWith("mcp-")) {
                providers.remove(i);
            }
        }
    }
}
