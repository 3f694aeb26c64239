package io.github.keycloakmcp.benchmarks;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.cost.LifeRequest;
import io.github.keycloakmcp.tests.cost.RealmWithout;
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
        return create(server, size, size.realm());
    }

    static McpRealm create(BenchmarkServer server, Size size, String name) {
        ObjectNode shipped =
                RealmTemplate.read(TestSettings.realmConfig(), true).resolved(values(size));
        ObjectNode realm = server.product() && size.isMcp() ? shipped : RealmWithout.product(shipped, size.server());
        JsonNode savedEvents = realm.path("enabledEventTypes");
        McpRealm created = McpRealm.create(server.keycloak(), realm, name);
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

    private static Map<String, String> values(Size size) {
        Map<String, String> values = new HashMap<>(LifeRequest.REALM);
        values.put("MCP_SERVERS", size.declaration());
        return values;
    }

    private static void addClients(McpRealm realm, int first, int end) {
        String clients = IntStream.range(first, end)
                .mapToObj(number -> "{\"clientId\": \"filler-%d\", \"publicClient\": true}".formatted(number))
                .collect(Collectors.joining(","));
        String path = "/partialImport";
        AdminApi.succeeded(
                "POST", path, realm.post(path, "{\"ifResourceExists\": \"FAIL\", \"clients\": [" + clients + "]}"));
    }
}
