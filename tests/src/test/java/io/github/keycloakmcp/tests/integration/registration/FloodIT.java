package io.github.keycloakmcp.tests.integration.registration;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
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

/**
 * A flood from many addresses, as fast as the server answers, with newcomers in between. {@code -Dflood.addresses=1000} is the
 * default of the product in full size; an ordinary run has a twentieth of everything.
 */
@EnabledIf("io.github.keycloakmcp.tests.server.KeycloakCluster#isPossible")
@ExtendWith(SharedServers.class)
@ResourceLock(SharedServers.CLUSTER)
class FloodIT {

    private static final int ADDRESSES = Integer.getInteger("flood.addresses", 50);
    private static final int NEWCOMERS = 20;
    private static final int ATTACKERS = 4;

    private final KeycloakCluster cluster;

    FloodIT(KeycloakCluster cluster) {
        this.cluster = cluster;
    }

    /** No window ends meanwhile, so the limits never let go. */
    @Test
    void aFloodFromManyAddressesLeavesRoomForNewcomers() throws IOException {
        Map<String, String> limits = Map.of(
                "MCP_REGISTRATIONS_PER_SENDER", "100", "MCP_REGISTRATIONS_PER_REALM", Integer.toString(2 * ADDRESSES));
        try (McpRealm realm = McpRealm.create(
                cluster.first(),
                RealmTemplate.read(TestSettings.realmConfig(), true).resolved(limits),
                "flood")) {
            realm.update("{\"sslRequired\": \"none\"}");
            realm.setRegistration("registration-window", "86400");
            AtomicBoolean over = new AtomicBoolean();
            AtomicInteger sent = new AtomicInteger();
            AtomicInteger accepted = new AtomicInteger();
            List<CompletableFuture<Void>> flood = new ArrayList<>();
            for (int attacker = 0; attacker < ATTACKERS; attacker++) {
                McpClient bot = McpClient.of(URI.create(
                        realm.at(cluster.nodes().get(attacker % 2)).issuer().toString()));
                flood.add(CompletableFuture.runAsync(() -> {
                    while (!over.get()) {
                        int number = sent.incrementAndGet();
                        int address = number % ADDRESSES;
                        int status = bot.sending("X-Forwarded-For", "198.18." + address / 250 + "." + address % 250)
                                .register(ClientMetadata.named("Flood " + number))
                                .status();
                        accepted.addAndGet(status == 201 ? 1 : 0);
                    }
                }));
            }
            List<Long> millis = new ArrayList<>();
            try {
                Awaited.untilAsserted(
                        Duration.ofMinutes(10), () -> assertThat(sent.get()).isGreaterThan(4 * ADDRESSES));
                for (int newcomer = 1; newcomer <= NEWCOMERS; newcomer++) {
                    long begin = System.nanoTime();
                    McpClient honest = McpClient.of(URI.create(
                                    realm.at(cluster.second()).issuer().toString()))
                            .sending("X-Forwarded-For", "203.0.113." + newcomer)
                            .registered(ClientMetadata.named("Newcomer " + newcomer));
                    TokenAssertion.assertThat(honest.obtain(
                                    Browser.of("alice"), honest.authorization().resource(McpRealm.SERVER_A)))
                            .isFor(McpRealm.SERVER_A);
                    millis.add((System.nanoTime() - begin) / 1_000_000);
                }
            } finally {
                over.set(true);
                flood.forEach(CompletableFuture::join);
            }
            assertThat(accepted.get()).isLessThanOrEqualTo(2 * ADDRESSES - NEWCOMERS);
            Files.createDirectories(Path.of("target"));
            Files.writeString(
                    Path.of("target/flood.md"),
                    String.format(
                            Locale.ROOT,
                            "%d addresses: %d requests, %d accepted; %d of %d newcomers logged in, median %d ms, slowest %d ms%n",
                            ADDRESSES,
                            sent.get(),
                            accepted.get(),
                            millis.size(),
                            NEWCOMERS,
                            millis.stream().sorted().toList().get(NEWCOMERS / 2),
                            millis.stream().max(Long::compare).orElse(0L)));
        }
    }
}
