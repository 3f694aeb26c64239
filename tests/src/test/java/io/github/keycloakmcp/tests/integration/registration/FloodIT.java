package io.github.keycloakmcp.tests.integration.registration;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.server.Awaited;
import io.github.keycloakmcp.tests.server.DocumentHost;
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
    private static final String ATTACKER = "198.51.100.9";

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
                    millis.add(logIn(realm, newcomer));
                }
            } finally {
                over.set(true);
                flood.forEach(CompletableFuture::join);
            }
            assertThat(accepted.get()).isLessThanOrEqualTo(2 * ADDRESSES - NEWCOMERS);
            report(ADDRESSES + " addresses", sent, accepted, millis);
        }
    }

    /** The limits of the product, and windows that end: {@code -Dflood.minutes=10}. */
    @Test
    void aFloodOfRegistrationsAndDocumentsFromOneAddressLeavesRoomForNewcomers() throws Exception {
        Duration length = Duration.ofSeconds(60L * Integer.getInteger("flood.minutes", 0) + 10);
        try (DocumentHost documents = DocumentHost.start();
                McpRealm realm = McpRealm.create(
                        cluster.first(),
                        RealmTemplate.read(TestSettings.realmConfig(), true)
                                .resolved(Map.of(
                                        "MCP_ALLOW_LOOPBACK_DOCUMENTS", "true",
                                        "MCP_REGISTRATIONS_PER_SENDER", "100",
                                        "MCP_REGISTRATIONS_PER_REALM", "2000")),
                        "flood-one")) {
            realm.update("{\"sslRequired\": \"none\"}");
            AtomicBoolean over = new AtomicBoolean();
            AtomicInteger sent = new AtomicInteger();
            AtomicInteger accepted = new AtomicInteger();
            List<CompletableFuture<Void>> flood = new ArrayList<>();
            for (int attacker = 0; attacker < ATTACKERS; attacker++) {
                McpClient bot = at(realm, attacker % 2);
                boolean registers = attacker < ATTACKERS / 2;
                flood.add(CompletableFuture.runAsync(() -> {
                    while (!over.get()) {
                        int number = sent.incrementAndGet();
                        boolean in = registers ? register(bot, number) : open(bot, documents, number);
                        accepted.addAndGet(in ? 1 : 0);
                        rest();
                    }
                }));
            }
            List<Long> millis = new ArrayList<>();
            try {
                for (int newcomer = 1; newcomer <= NEWCOMERS; newcomer++) {
                    Thread.sleep(length.toMillis() / NEWCOMERS);
                    millis.add(logIn(realm, newcomer));
                }
            } finally {
                over.set(true);
                flood.forEach(CompletableFuture::join);
            }
            assertThat(sent.get()).as("it was a flood").isGreaterThan(100 + accepted.get() / 2);
            assertThat(accepted.get())
                    .as("no more than the limit of one address in each window")
                    .isLessThanOrEqualTo(100 * (2 + (int) length.toMinutes()));
            report("one address, " + length.toSeconds() + " s, registrations and documents", sent, accepted, millis);
        }
    }

    /** Ten times the limit of an address, and not so much that the attacker takes the processors of the server. */
    private static void rest() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean register(McpClient bot, int number) {
        return bot.sending("X-Forwarded-For", ATTACKER)
                        .register(ClientMetadata.named("Flood " + number))
                        .status()
                == 201;
    }

    private static boolean open(McpClient bot, DocumentHost documents, int number) {
        String url = documents.publish("/" + number, "\"redirect_uris\": [\"http://localhost:4711/callback\"]");
        URI login = bot.identifiedBy(url, null, "http://localhost:4711/callback")
                .authorization()
                .resource(McpRealm.SERVER_A)
                .uri();
        return Http.plain().with("X-Forwarded-For", ATTACKER).get(login).status() == 200;
    }

    private McpClient at(McpRealm realm, int node) {
        return McpClient.of(
                URI.create(realm.at(cluster.nodes().get(node)).issuer().toString()));
    }

    /** From an address of its own: registers, logs in, and returns how long it took. */
    private long logIn(McpRealm realm, int newcomer) {
        long begin = System.nanoTime();
        McpClient honest = at(realm, 1)
                .sending("X-Forwarded-For", "203.0.113." + newcomer)
                .registered(ClientMetadata.named("Newcomer " + newcomer));
        TokenAssertion.assertThat(honest.obtain(
                        Browser.of("alice"), honest.authorization().resource(McpRealm.SERVER_A)))
                .isFor(McpRealm.SERVER_A);
        return (System.nanoTime() - begin) / 1_000_000;
    }

    private static void report(String flood, AtomicInteger sent, AtomicInteger accepted, List<Long> millis)
            throws IOException {
        Files.createDirectories(Path.of("target"));
        Files.writeString(
                Path.of("target/flood.md"),
                String.format(
                        Locale.ROOT,
                        "%s: %d requests, %d accepted; %d of %d newcomers logged in, median %d ms, slowest %d ms%n",
                        flood,
                        sent.get(),
                        accepted.get(),
                        millis.size(),
                        NEWCOMERS,
                        millis.stream().sorted().toList().get(NEWCOMERS / 2),
                        millis.stream().max(Long::compare).orElse(0L)),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
