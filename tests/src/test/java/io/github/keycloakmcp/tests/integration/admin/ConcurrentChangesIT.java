package io.github.keycloakmcp.tests.integration.admin;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakCluster;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.SharedServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/** Administrators and pipelines that change a realm at the same time: nothing is lost, nothing is mixed. */
@KeycloakTest(demo = false)
@ExtendWith(SharedServers.class)
class ConcurrentChangesIT extends InStockRealm {

    private static final String NO_SERVERS = "{\"servers\": []}";

    @Test
    void eightWritersLoseNothing() {
        AdminApi.succeeded("PUT", "/mcp", realm.put("/mcp", NO_SERVERS));
        ParallelChanges.loseNothing(List.of(realm));
        realm.delete("/mcp");
    }

    @Test
    void enablingAndLeavingAtOnceEndsInOneOfTheTwo() {
        JsonNode before = StockRealm.export(realm);
        for (int round = 0; round < 5; round++) {
            ParallelChanges.run(List.of(
                    () -> AdminApi.succeeded("PUT", "/mcp", realm.put("/mcp", NO_SERVERS)),
                    () -> AdminApi.succeeded("DELETE", "/mcp", realm.delete("/mcp")),
                    () -> AdminApi.succeeded("PUT", "/mcp", realm.put("/mcp", "{\"maxClients\": 7}"))));
            JsonNode status = realm.read("/mcp");
            if (status.path("enabled").asBoolean()) {
                assertThat(status.path("pending")).isEmpty();
                AdminApi.succeeded("DELETE", "/mcp", realm.delete("/mcp"));
            }
            assertThat(StockRealm.export(realm)).isEqualTo(before);
        }
    }

    @Test
    @EnabledIf("io.github.keycloakmcp.tests.server.KeycloakCluster#isPossible")
    void eightWritersAtTwoNodesLoseNothing(KeycloakCluster cluster) {
        try (McpRealm first = McpRealm.create(cluster.first(), Json.object(), "parallel")) {
            AdminApi.succeeded("PUT", "/mcp", first.put("/mcp", NO_SERVERS));
            ParallelChanges.loseNothing(List.of(first, first.at(cluster.second())));
        }
    }
}
