package io.github.keycloakmcp.tests.integration.lifecycle;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.server.Awaited;
import io.github.keycloakmcp.tests.server.KeycloakCluster;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.RealmTemplate;
import io.github.keycloakmcp.tests.server.SharedServers;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/** Two nodes that both want to clean up every second. */
@EnabledIf("io.github.keycloakmcp.tests.server.KeycloakCluster#isPossible")
@ExtendWith(SharedServers.class)
@ResourceLock(SharedServers.CLUSTER)
class CleanUpClusterIT {

    private static final int STALE = 30;

    @Test
    void oneNodeCleansUpForBoth(KeycloakCluster cluster) {
        try (McpRealm realm = McpRealm.create(
                cluster.first(),
                RealmTemplate.read(TestSettings.realmConfig(), true).resolved(Map.of()),
                "clean-up")) {
            realm.setRegistration("clean-up", "off");
            ClientAge age = new ClientAge(realm);
            List<String> stale = IntStream.range(0, STALE)
                    .mapToObj(i -> McpClient.of(realm)
                            .register(ClientMetadata.unique("Stale"))
                            .clientId())
                    .toList();
            stale.forEach(id -> age.registered(id, Duration.ofDays(100)));
            realm.clearEvents();
            realm.setRegistration("clean-up", "remove");

            Awaited.untilAsserted(() -> assertThat(realm.clients().ids()).doesNotContainAnyElementsOf(stale));
            Awaited.untilAsserted(() ->
                    assertThat(logged(cluster, "KCMCP-0030: realm 'clean-up'")).isNotEmpty());
            assertThat(realm.events("CLIENT_DELETE"))
                    .extracting(event -> event.clientId().orElse(""))
                    .containsExactlyInAnyOrderElementsOf(stale);
            assertThat(logged(cluster, "KCMCP-0030: realm 'clean-up'"))
                    .singleElement()
                    .satisfies(line -> assertThat(line).contains(STALE + " stale, " + STALE + " removed"));
            assertThat(cluster.counted(realm))
                    .containsOnly(
                            entry("keycloak_mcp_registrations_total shared=false", STALE),
                            entry("keycloak_mcp_clients_removed_total", STALE));
            assertThat(cluster.logLines())
                    .as("failures of this realm; others may be removed while they are cleaned up")
                    .noneMatch(line -> line.contains("KCMCP-0031: clean-up of realm 'clean-up'")
                            || line.contains("KCMCP-0033: realm 'clean-up'")
                            || (line.contains("KCMCP-0032") && stale.stream().anyMatch(line::contains)));
        }
    }

    private static List<String> logged(KeycloakCluster cluster, String text) {
        return cluster.logLines().stream().filter(line -> line.contains(text)).toList();
    }
}
