package io.github.keycloakmcp.tests.integration.faults;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Registration;
import io.github.keycloakmcp.tests.server.Awaited;
import io.github.keycloakmcp.tests.server.DistributionKeycloak;
import io.github.keycloakmcp.tests.server.DocumentHost;
import io.github.keycloakmcp.tests.server.KeycloakCluster;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.RealmTemplate;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two nodes on PostgreSQL under a mixed load, while something fails. Nothing that was acknowledged is lost, no token is for
 * another server, no session ends without a reason, and afterwards everything works again. {@code -Dfaults=all} tries all.
 */
@EnabledIf("io.github.keycloakmcp.tests.server.KeycloakCluster#isPossible")
class FaultsIT {

    private static final Path REPORT = Path.of("target/faults.md");
    private static final Duration RECOVERY = Duration.ofSeconds(90);
    private static final String CLEAN_UP = "--spi-mcp-clean-up--unused-clients--interval=1";
    private static final int LIMIT = 20;
    private static final int STALE = 5;

    private static KeycloakCluster cluster;
    private static DocumentHost documents;

    @BeforeAll
    static void start() {
        cluster = KeycloakCluster.named("faults", "--proxy-headers=xforwarded", CLEAN_UP);
        documents = DocumentHost.start();
    }

    @AfterAll
    static void stop() {
        documents.close();
        cluster.close();
    }

    static Stream<Fault> faults() {
        return Fault.tried();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatWasAcknowledgedIsKeptAndEverythingWorksAgain(Fault fault) throws IOException {
        Outcomes outcomes = new Outcomes();
        double recovery;
        try (McpRealm realm = realm(fault.title(), Map.of())) {
            try (MixedLoad load = new MixedLoad(cluster, realm, documents, outcomes)) {
                awaitAll(outcomes, load, System.nanoTime());
                fault.strike(cluster);
                long over = System.nanoTime();
                awaitAll(outcomes, load, over);
                recovery = outcomes.secondsUntilAllSucceeded(over, load.workers());
            }
            report(fault, outcomes, recovery);
            assertThat(outcomes.violations()).isEmpty();
            for (DistributionKeycloak node : cluster.nodes()) {
                assertNothingIsLost(realm.at(node), outcomes);
            }
            assertCleanUpIsExact(realm);
        }
        assertLimitsAreExact(fault);
    }

    private static void awaitAll(Outcomes outcomes, MixedLoad load, long since) {
        Awaited.untilAsserted(
                RECOVERY,
                () -> assertThat(outcomes.allSucceededSince(since, load.workers()))
                        .as(outcomes.failures().toString())
                        .isTrue());
    }

    private static void assertNothingIsLost(McpRealm realm, Outcomes outcomes) {
        assertThat(selfRegistered(realm)).containsAll(outcomes.created());
        outcomes.stored()
                .forEach((id, value) -> assertThat(
                                realm.clients().get(id).path("description").asInt())
                        .as("an acknowledged change, or a later one whose answer was lost")
                        .isGreaterThanOrEqualTo(Integer.parseInt(value)));
    }

    /** Page by page, because Keycloak's own list takes minutes for a thousand clients on a busy machine. */
    private static Set<String> selfRegistered(McpRealm realm) {
        Set<String> ids = new HashSet<>();
        int next = 0;
        do {
            JsonNode page = realm.read("/mcp/clients?max=100&first=" + next);
            page.path("clients")
                    .forEach(client -> ids.add(client.path("clientId").asText()));
            next = page.path("next").asInt(-1);
        } while (next >= 0);
        return ids;
    }

    /** Both nodes clean up, and each stale client is removed once. */
    private static void assertCleanUpIsExact(McpRealm realm) {
        List<String> stale = IntStream.range(0, STALE)
                .mapToObj(i -> McpClient.of(realm)
                        .register(ClientMetadata.unique("Stale"))
                        .clientId())
                .toList();
        realm.clearEvents();
        stale.forEach(id -> realm.clients()
                .edit(id, client -> ((ObjectNode) client.path("attributes")).put("mcp.registered", "1000000000")));
        Awaited.untilAsserted(() -> assertThat(stale).noneMatch(realm.clients()::contains));
        Awaited.untilAsserted(() -> assertThat(realm.events("CLIENT_DELETE"))
                .extracting(event -> event.clientId().orElse(""))
                .containsExactlyInAnyOrderElementsOf(stale));
    }

    /** The nodes count together again. */
    private static void assertLimitsAreExact(Fault fault) {
        try (McpRealm realm =
                realm(fault.title() + "-limit", Map.of("MCP_REGISTRATIONS_PER_SENDER", Integer.toString(LIMIT)))) {
            realm.setRegistration("registration-window", "86400");
            List<McpClient> senders = cluster.nodes().stream()
                    .map(node -> McpClient.of(URI.create(realm.at(node).issuer().toString()))
                            .sending("X-Forwarded-For", "203.0.113.7"))
                    .toList();
            List<Registration> answers = IntStream.range(0, 2 * LIMIT)
                    .parallel()
                    .mapToObj(number -> senders.get(number % 2).register(ClientMetadata.named("Limited " + number)))
                    .toList();
            assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(LIMIT);
            assertThat(answers).filteredOn(answer -> answer.status() == 429).hasSize(LIMIT);
        }
    }

    private static McpRealm realm(String name, Map<String, String> limits) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "MCP_ALLOW_LOOPBACK_DOCUMENTS", "true",
                "MCP_REGISTRATIONS_PER_SENDER", "0",
                "MCP_REGISTRATIONS_PER_REALM", "0"));
        variables.putAll(limits);
        McpRealm realm = McpRealm.create(
                cluster.first(),
                RealmTemplate.read(TestSettings.realmConfig(), true).resolved(variables),
                "faults-" + name);
        realm.update("{\"sslRequired\": \"none\"}");
        return realm;
    }

    private static void report(Fault fault, Outcomes outcomes, double recovery) throws IOException {
        String line = String.format(
                Locale.ROOT,
                "| %s | %d | %s | %d, 0 lost | %.1f s |%n",
                fault.title(),
                outcomes.successes(),
                outcomes.failures(),
                outcomes.created().size() + outcomes.stored().size(),
                recovery);
        Files.createDirectories(REPORT.resolveSibling("."));
        Files.writeString(REPORT, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
