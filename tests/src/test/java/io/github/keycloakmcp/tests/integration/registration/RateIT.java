package io.github.keycloakmcp.tests.integration.registration;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Registration;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.KeycloakCluster;
import io.github.keycloakmcp.tests.server.KeycloakServer;
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

/** How many may register, and from where, on two nodes behind a proxy that says who sends. */
@EnabledIf("io.github.keycloakmcp.tests.server.KeycloakCluster#isPossible")
@ExtendWith(SharedServers.class)
@ResourceLock(SharedServers.CLUSTER)
class RateIT {

    /** A day, so that no window ends during a test. */
    private static final String WINDOW = "86400";

    private static final String INSPECTOR = "http://localhost:6274";

    private final KeycloakCluster cluster;

    RateIT(KeycloakCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void aBurstFromOneSenderIsStoppedAndTheRealmStillAnswers() {
        try (McpRealm realm = realm("burst", Map.of("MCP_REGISTRATIONS_PER_SENDER", "100"))) {
            List<KeycloakServer> nodes = List.of(cluster.first(), cluster.second());
            List<McpClient> senders = nodes.stream()
                    .map(node -> from(realm.at(node), "203.0.113.7"))
                    .toList();
            List<Registration> answers =
                    all(500, number -> senders.get(number % 2).register(ClientMetadata.named("Burst " + number)));
            assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(100);
            assertThat(answers).filteredOn(answer -> answer.status() == 429).hasSize(400);
            assertThat(realm.clients().ids())
                    .filteredOn(id -> id.startsWith("mcp-"))
                    .hasSize(100);
            assertThat(realm.read("/events?max=1000&type=CLIENT_REGISTER")).hasSize(100);
            assertThat(realm.read("/events?max=1000&type=CLIENT_REGISTER_ERROR"))
                    .as("the first refusal of a kind is an event, the others are counted")
                    .hasSize(1);
            assertThat(cluster.counted(realm))
                    .containsOnly(
                            entry("keycloak_mcp_registrations_total shared=false", 100),
                            entry(
                                    "keycloak_mcp_refusals_total code=too-many-registrations, "
                                            + "error=temporarily_unavailable, event=client_register_error",
                                    400));
            ErrorAssertion.assertRefused(from(realm, "203.0.113.7").register(ClientMetadata.named("Late")), 429)
                    .hasError("temporarily_unavailable")
                    .saying("too many registrations");
            Registration other =
                    from(realm.at(cluster.second()), "203.0.113.8").register(ClientMetadata.named("Other"));
            from(realm, "203.0.113.7").readRegistration(other).expect(200);
            Registration ofTheBurst = answers.stream()
                    .filter(answer -> answer.status() == 201)
                    .findFirst()
                    .orElseThrow();
            logsIn("alice", from(realm, "203.0.113.7").identifiedBy(ofTheBurst));
            logsIn("bob", from(realm.at(cluster.second()), "203.0.113.8").identifiedBy(other));
        }
    }

    @Test
    void aRefusalTellsABrowserWhenToTryAgainAndTheAdministratorWhichSettingDecided() {
        try (McpRealm realm = realm("told", Map.of("MCP_REGISTRATIONS_PER_SENDER", "1"))) {
            McpClient browser = from(realm, "203.0.113.7").sending("Origin", INSPECTOR);
            browser.register(ClientMetadata.named("First")).expect(201);
            Registration refused = browser.register(ClientMetadata.named("Second"));
            refused.expect(429);
            assertThat(refused.header("Retry-After").map(Integer::valueOf).orElseThrow())
                    .isBetween(1, Integer.valueOf(WINDOW));
            assertThat(refused.header("Access-Control-Allow-Origin")).contains(INSPECTOR);
            assertThat(refused.header("Access-Control-Expose-Headers").orElse(""))
                    .contains("Retry-After");
            assertThat(realm.events("CLIENT_REGISTER_ERROR")).singleElement().satisfies(event -> {
                assertThat(event.error()).contains("temporarily_unavailable");
                assertThat(event.details().get("reason")).contains("registrations-per-sender");
            });
        }
    }

    @Test
    void aRefusedRegistrationCountsAndAChangeDoesNot() {
        try (McpRealm realm = realm("tries", Map.of("MCP_REGISTRATIONS_PER_SENDER", "2"))) {
            McpClient sender = from(realm, "203.0.113.7");
            sender.register(ClientMetadata.named("Evil").redirects("https://evil.example/cb"))
                    .expect(400);
            Registration good = sender.register(ClientMetadata.named("Good"));
            good.expect(201);
            sender.register(ClientMetadata.named("One more")).expect(429);
            String changed = ClientMetadata.named("Better")
                    .with("client_id", good.clientId())
                    .json()
                    .toString();
            sender.updateRegistration(good, changed).expect(200);
        }
    }

    @Test
    void anIpv6NetworkIsOneSender() {
        try (McpRealm realm = realm("ipv6", Map.of("MCP_REGISTRATIONS_PER_SENDER", "1"))) {
            from(realm, "2001:db8:1:2::1").register(ClientMetadata.named("A")).expect(201);
            from(realm, "2001:db8:1:2:ffff::9")
                    .register(ClientMetadata.named("B"))
                    .expect(429);
            from(realm, "2001:db8:1:3::1").register(ClientMetadata.named("C")).expect(201);
        }
    }

    @Test
    void manySendersTogetherAreStoppedAtTheLimitOfTheRealmAndOneFloodCostsOthersNothing() {
        Map<String, String> limits = Map.of("MCP_REGISTRATIONS_PER_SENDER", "3", "MCP_REGISTRATIONS_PER_REALM", "10");
        try (McpRealm realm = realm("realm", limits)) {
            List<Registration> flood =
                    all(30, number -> from(realm, "203.0.113.7").register(ClientMetadata.named("Flood " + number)));
            assertThat(flood).filteredOn(answer -> answer.status() == 201).hasSize(3);
            List<Registration> others = all(
                    20,
                    number -> from(realm, "198.51.100." + number).register(ClientMetadata.named("Other " + number)));
            assertThat(others).filteredOn(answer -> answer.status() == 201).hasSize(7);
            assertThat(realm.events("CLIENT_REGISTER_ERROR").get(0).details().get("reason"))
                    .contains("registrations-per-realm");
        }
    }

    /** The attacker opens documents that do not exist and registers, one after the other, as fast as the server answers. */
    @Test
    void aFloodOfDocumentsAndRegistrationsFromOneSenderLocksNobodyOut() {
        Map<String, String> limits = Map.of(
                "MCP_ALLOW_LOOPBACK_DOCUMENTS", "true",
                "MCP_REGISTRATIONS_PER_SENDER", "10",
                "MCP_REGISTRATIONS_PER_REALM", "60",
                "MCP_MAX_CLIENTS", "22");
        try (McpRealm realm = realm("lock-out", limits)) {
            realm.setRegistration("max-never-used-clients", "20");
            AtomicBoolean over = new AtomicBoolean();
            AtomicInteger attacks = new AtomicInteger();
            CompletableFuture<Void> flood = CompletableFuture.runAsync(() -> {
                McpClient attacker = from(realm, "203.0.113.66");
                while (!over.get()) {
                    int number = attacks.incrementAndGet();
                    attacker.register(ClientMetadata.named("Flood " + number));
                    attacker.http()
                            .get(attacker.identifiedBy("https://localhost:1/" + number, null, ClientMetadata.LOOPBACK)
                                    .authorization()
                                    .uri());
                }
            });
            try {
                for (int newcomer = 1; newcomer <= 20; newcomer++) {
                    McpClient honest = from(realm.at(cluster.second()), "198.51.100." + newcomer);
                    logsIn("alice", honest.registered(ClientMetadata.named("Newcomer " + newcomer)));
                }
            } finally {
                over.set(true);
                flood.join();
            }
            assertThat(attacks.get()).isGreaterThan(20);
            // A node learns of the other's new clients when it counts again; until then the attacker's ten add to the
            // limit.
            assertThat(realm.clients().ids())
                    .filteredOn(id -> id.startsWith("mcp-"))
                    .hasSizeBetween(20, 32);
        }
    }

    @Test
    void onlyAllowedSendersRegister() {
        try (McpRealm realm = realm("senders", Map.of())) {
            realm.setRegistration("allowed-senders", "198.51.100.0/24 2001:db8::/32");
            from(realm, "198.51.100.9").register(ClientMetadata.named("A")).expect(201);
            from(realm, "2001:db8::1").register(ClientMetadata.named("B")).expect(201);
            RefusalCheck.ofRegistrations(realm)
                    .refused(() -> from(realm, "203.0.113.7").register(ClientMetadata.named("C")), 403, "access_denied")
                    .saying("not allowed from this IP address");
        }
    }

    private static void logsIn(String user, McpClient client) {
        Tokens tokens = client.obtain(Browser.of(user), client.authorization().resource(McpRealm.SERVER_A));
        TokenAssertion.assertThat(tokens).isFor(McpRealm.SERVER_A);
        TokenAssertion.assertThat(client.refresh(tokens.refresh()).tokens()).isFor(McpRealm.SERVER_A);
    }

    private McpRealm realm(String name, Map<String, String> variables) {
        McpRealm realm = McpRealm.create(
                cluster.first(),
                RealmTemplate.read(TestSettings.realmConfig(), true).resolved(variables),
                "rate-" + name);
        realm.update("{\"sslRequired\": \"none\"}");
        realm.setRegistration("registration-window", WINDOW);
        return realm;
    }

    private static McpClient from(McpRealm realm, String address) {
        return McpClient.of(URI.create(realm.issuer().toString())).sending("X-Forwarded-For", address);
    }

    /** Sends many at once. */
    private static List<Registration> all(int count, IntFunction<Registration> request) {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<CompletableFuture<Registration>> running = new ArrayList<>();
            IntStream.range(0, count)
                    .forEach(
                            number -> running.add(CompletableFuture.supplyAsync(() -> request.apply(number), threads)));
            return running.stream().map(CompletableFuture::join).toList();
        } finally {
            threads.shutdown();
        }
    }
}
