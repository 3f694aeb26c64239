package io.github.keycloakmcp.tests.integration.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Awaited;
import io.github.keycloakmcp.tests.server.DistributionKeycloak;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.PostgresServer;
import io.github.keycloakmcp.tests.server.RealmTemplate;
import io.github.keycloakmcp.tests.server.ServerOptions;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A realm with many stale clients beside 100 that are in use: exactly the stale ones go, on a server with little memory,
 * while tokens are issued. {@code -Dstale.clients=10000} says how many, {@code -Dstale.database=postgresql} where; the
 * figures it prints are those of docs/performance.md.
 */
@EnabledIfSystemProperty(named = "stale.clients", matches = "\\d+")
class ManyStaleClientsIT {

    private static final String NAME = "many-clients";
    private static final int ACTIVE = 100;
    private static final int CHUNK = 100;
    private static final Pattern HEAP = Pattern.compile("(\\d+)M->(\\d+)M\\(\\d+M\\)");

    private final int stale = Integer.getInteger("stale.clients", 0);

    @Test
    void exactlyTheStaleClientsGoWhileTokensAreIssued() {
        if (TestSettings.text("stale.database").filter("postgresql"::equals).isPresent()) {
            try (PostgresServer database = PostgresServer.startDurable()) {
                exactlyTheStaleClientsGo(database.keycloakArguments());
            }
        } else {
            exactlyTheStaleClientsGo(List.of());
        }
    }

    private void exactlyTheStaleClientsGo(List<String> database) {
        ServerOptions options = ServerOptions.ofTestRun()
                .named(NAME)
                .withArguments("--spi-mcp-clean-up--unused-clients--interval=1")
                .withArguments(database.toArray(String[]::new))
                .withEnvironment(
                        Map.of("JAVA_OPTS_KC_HEAP", "-Xms128m -Xmx512m", "JAVA_OPTS_APPEND", "-Xlog:gc:stdout"));
        try (DistributionKeycloak server = DistributionKeycloak.start(options)) {
            McpRealm realm = McpRealm.create(
                    server, RealmTemplate.read(TestSettings.realmConfig(), true).resolved(Map.of()), NAME);
            realm.setRegistration("clean-up", "off");
            McpClient client = McpClient.of(realm).registered(ClientMetadata.named("In use"));
            List<String> kept = new ArrayList<>(realm.clients().ids());
            kept.addAll(add(realm, "active", ACTIVE, Duration.ofDays(2)));
            add(realm, "stale", stale, Duration.ofDays(100));
            assertThat(clean(server, realm, Refreshing.start(client)))
                    .as("one run")
                    .contains(" " + stale + " stale, " + stale + " removed");
            assertThat(realm.clients().ids()).containsExactlyInAnyOrderElementsOf(kept);
        }
    }

    /** Lets the clean-up work, and prints what it took; the log line of it. */
    private String clean(DistributionKeycloak server, McpRealm realm, Refreshing refreshing) {
        try (refreshing) {
            Awaited.untilAsserted(() -> assertThat(refreshing.size()).isGreaterThan(400));
            List<Long> quiet = refreshing.drain();
            int logged = server.logLines().size();
            Instant start = Instant.now();
            realm.setRegistration("clean-up", "remove");
            Awaited.untilAsserted(
                    Duration.ofMinutes(20), () -> assertThat(reports(server)).isNotEmpty());
            Duration taken = Duration.between(start, Instant.now());
            System.out.printf(
                    "%d stale clients beside %d: %.1f s.%nRefresh, median, 99 %% and longest in ms: %s before, %s "
                            + "meanwhile.%nHeap, most before and after a collection in MB: %s.%n",
                    stale,
                    ACTIVE,
                    taken.toMillis() / 1000.0,
                    latencies(quiet),
                    latencies(refreshing.drain()),
                    heap(server.logLines().stream().skip(logged).toList()));
            return reports(server).get(0);
        }
    }

    private static List<String> reports(DistributionKeycloak server) {
        return server.logLines().stream()
                .filter(line -> line.contains("KCMCP-0030: realm '" + NAME + "'"))
                .toList();
    }

    /** As registration leaves them, but many at once. */
    private static List<String> add(McpRealm realm, String name, int count, Duration unused) {
        List<String> ids =
                IntStream.range(0, count).mapToObj(i -> name + "-" + i).toList();
        for (int from = 0; from < count; from += CHUNK) {
            ObjectNode part = Json.object().put("ifResourceExists", "FAIL");
            ArrayNode clients = part.putArray("clients");
            ids.subList(from, Math.min(from + CHUNK, count)).forEach(id -> clients.add(client(id, unused)));
            AdminApi.succeeded("POST", "/partialImport", realm.post("/partialImport", part));
        }
        return ids;
    }

    private static ObjectNode client(String id, Duration unused) {
        long lastUsed = Instant.now().minus(unused).getEpochSecond();
        return Json.parseObject("""
                {"clientId": "%s", "name": "%1$s", "publicClient": true, "consentRequired": true,
                 "fullScopeAllowed": false, "redirectUris": ["http://127.0.0.1/callback", "http://localhost/callback"],
                 "attributes": {"pkce.code.challenge.method": "S256", "mcp.registered": "1700000000",
                                "mcp.last-used": "%d"}}
                """.formatted(id, lastUsed));
    }

    private static String latencies(List<Long> nanos) {
        List<Long> sorted = nanos.stream().sorted().toList();
        return "%d / %d / %d"
                .formatted(
                        sorted.get(sorted.size() / 2) / 1_000_000,
                        sorted.get(sorted.size() * 99 / 100) / 1_000_000,
                        sorted.get(sorted.size() - 1) / 1_000_000);
    }

    private static String heap(List<String> log) {
        List<MatchResult> collections =
                log.stream().flatMap(line -> HEAP.matcher(line).results()).toList();
        return most(collections, 1) + " / " + most(collections, 2);
    }

    private static int most(List<MatchResult> collections, int group) {
        return collections.stream()
                .mapToInt(found -> Integer.parseInt(found.group(group)))
                .max()
                .orElse(0);
    }
}
