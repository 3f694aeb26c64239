package io.github.keycloakmcp.tests.integration.lifecycle;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.server.Awaited;
import io.github.keycloakmcp.tests.server.KeycloakCluster;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.RealmTemplate;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import static org.assertj.core.api.Assertions.assertThat;

/** Two nodes that both want to clean up every second. */
@EnabledIf("io.github.keycloakmcp.tests.server.KeycloakCluster#isPossible")
class CleanUpClusterIT {

    private static final int STALE = 30;

    @Test
    void oneNodeCleansUpForBoth() {
        try (KeycloakCluster cluster =
                KeycloakCluster.start("clean-up", "--spi-mcp-clean-up--unused-clients--interval=1")) {
            McpRealm realm = McpRealm.create(
                    cluster.first(),
                    RealmTemplate.read(TestSettings.realmConfig(), true).resolved(Map.of()),
                    "clean-up");
            new CleanUpSettings(realm).set("clean-up", "off");
            ClientAge age = new ClientAge(realm);
            List<String> stale = IntStream.range(0, STALE)
                    .mapToObj(i -> McpClient.of(realm)
                            .register(ClientMetadata.unique("Stale"))
                            .clientId())
                    .toList();
            stale.forEach(id -> age.registered(id, Duration.ofDays(100)));
            realm.clearEvents();
            new CleanUpSettings(realm).set("clean-up", "remove");

            Awaited.untilAsserted(() -> assertThat(realm.clients().ids()).doesNotContainAnyElementsOf(stale));
            Awaited.untilAsserted(
                    () -> assertThat(logged(cluster, "KCMCP-0030")).isNotEmpty());
            assertThat(realm.events("CLIENT_DELETE"))
                    .extracting(event -> event.clientId().orElse(""))
                    .containsExactlyInAnyOrderElementsOf(stale);
            assertThat(logged(cluster, "KCMCP-0030"))
                    .singleElement()
                    .satisfies(line -> assertThat(line).contains(STALE + " are stale, " + STALE + " removed"));
            assertThat(Stream.of("KCMCP-0031", "KCMCP-0032", "KCMCP-0033")
                            .flatMap(number -> logged(cluster, number).stream()))
                    .isEmpty();
        }
    }

    private static List<String> logged(KeycloakCluster cluster, String number) {
        return Stream.of(cluster.first(), cluster.second())
                .flatMap(node -> node.logLines().stream())
                .filter(line -> line.contains(number))
                .toList();
    }
}
