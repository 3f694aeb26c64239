package io.github.keycloakmcp.tests.integration.registration;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.server.Awaited;
import io.github.keycloakmcp.tests.server.DistributionKeycloak;
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

/** A realm that is filled through two nodes at once, faster than either counts what the other admits. */
@EnabledIf("io.github.keycloakmcp.tests.server.KeycloakCluster#isPossible")
@ExtendWith(SharedServers.class)
@ResourceLock(SharedServers.CLUSTER)
class FullClusterIT {

    private static final int LIMIT = 120;

    /** What a node admits before it counts what the other one has admitted. */
    private static final int STEP = 20;

    private static final int SENDERS = 8;

    private static final int REQUESTS = 4 * LIMIT;

    private final AtomicInteger number = new AtomicInteger();

    @Test
    void eachNodeExceedsTheLimitByOneStepAtMostAndTheSurplusDisappears(KeycloakCluster cluster) {
        Map<String, String> unlimited = Map.of("MCP_REGISTRATIONS_PER_SENDER", "0", "MCP_REGISTRATIONS_PER_REALM", "0");
        try (McpRealm realm = McpRealm.create(
                cluster.first(),
                RealmTemplate.read(TestSettings.realmConfig(), true).resolved(unlimited),
                "full-cluster")) {
            realm.setRegistration("max-clients", Integer.toString(LIMIT));
            int others = realm.clients().ids().size();
            List<McpClient> newcomers = cluster.nodes().stream()
                    .map((DistributionKeycloak node) -> McpClient.of(realm.at(node)))
                    .toList();

            int most = fill(realm, newcomers) - others;
            assertThat(most)
                    .as("each node may have admitted one step that the other has not seen, and what is being stored")
                    .isBetween(LIMIT, LIMIT + newcomers.size() * STEP + SENDERS);

            // Clients are removed after the response to the newcomer that needs their place.
            Awaited.untilAsserted(() -> {
                newcomers.forEach(this::register);
                assertThat(realm.clients().ids().size() - others).isLessThanOrEqualTo(LIMIT + newcomers.size());
            });
        }
    }

    /** Sends the registrations, to both nodes at once, and returns the most clients that were seen meanwhile. */
    private int fill(McpRealm realm, List<McpClient> newcomers) {
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        try {
            CompletableFuture<Void> all = CompletableFuture.allOf(IntStream.range(0, REQUESTS)
                    .mapToObj(request -> CompletableFuture.runAsync(
                            () -> register(newcomers.get(request % newcomers.size())), senders))
                    .toArray(CompletableFuture[]::new));
            int most = 0;
            while (!all.isDone()) {
                most = Math.max(most, realm.clients().ids().size());
            }
            all.join();
            return Math.max(most, realm.clients().ids().size());
        } finally {
            senders.shutdownNow();
        }
    }

    private void register(McpClient newcomer) {
        newcomer.register(ClientMetadata.named("Newcomer " + number.incrementAndGet()))
                .expect(201);
    }
}
