package io.github.keycloakmcp.tests.integration.cost;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.cost.AdminRequest;
import io.github.keycloakmcp.tests.cost.LifeRequest;
import io.github.keycloakmcp.tests.cost.ManyClients;
import io.github.keycloakmcp.tests.cost.Recorder;
import io.github.keycloakmcp.tests.cost.Statements;
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
 * A realm with many clients and servers: no request executes more statements than in a small one. {@code
 * -Dgrowth.clients=100000 -Dgrowth.servers=10000} says how many; the table it prints is that of docs/performance.md.
 */
@EnabledIfSystemProperty(named = "growth.clients", matches = "\\d+")
class GrowthIT {

    private static final int CLIENTS = Integer.getInteger("growth.clients", 0);
    private static final int SERVERS = Integer.getInteger("growth.servers", 10_000);
    private static final String SERVER = "https://tools.example.com/00000";
    private static final int TIMED = 5;

    /** What one request took. */
    private record Taken(Statements statements, long milliseconds) {}

    @Test
    void noRequestExecutesMoreStatementsInALargeRealm() {
        try (PostgresServer database = PostgresServer.startRecording()) {
            Map<String, Taken> small;
            Map<String, Taken> large;
            McpRealm realm;
            try (DistributionKeycloak server = start(database)) {
                small = measure(database, realm(server, database, "small", 100, 100));
                realm = realm(server, database, "large", CLIENTS, SERVERS);
                large = measure(database, realm);
            }
            print(small, large);
            try (DistributionKeycloak server = start(database, "--spi-mcp-clean-up--unused-clients--interval=1")) {
                printCleanUp(database, realm.at(server), server);
            }
            assertThat(large)
                    .allSatisfy((request, taken) -> assertThat(taken.statements()
                                    .beyond(of(request, small).statements().kinds()))
                            .as("%s: statements beyond those in a small realm", request)
                            .isEmpty());
        }
    }

    private static DistributionKeycloak start(PostgresServer database, String... more) {
        return DistributionKeycloak.start(ServerOptions.ofTestRun()
                .named("growth")
                .inProduction()
                .withArguments("--cache=local", "--hostname-strict=false")
                .withArguments(more)
                .withArguments(database.keycloakArguments().toArray(String[]::new)));
    }

    private static McpRealm realm(
            DistributionKeycloak server, PostgresServer database, String name, int clients, int servers) {
        ObjectNode shipped =
                RealmTemplate.read(TestSettings.realmConfig(), true).resolved(LifeRequest.REALM);
        McpRealm realm = McpRealm.create(server, shipped, name);
        realm.update("{\"adminEventsEnabled\": false, \"eventsEnabled\": false}");
        AdminApi.succeeded(
                "PUT",
                "/mcp",
                realm.put(
                        "/mcp",
                        "{\"servers\": [%s]}"
                                .formatted(IntStream.range(0, servers)
                                        .mapToObj("\"https://tools.example.com/%05d\""::formatted)
                                        .collect(Collectors.joining(",")))));
        ManyClients.add(database, realm, clients);
        return realm;
    }

    private static Map<String, Taken> measure(PostgresServer database, McpRealm realm) {
        Map<String, Taken> taken = new LinkedHashMap<>();
        Recorder recorder = new Recorder(database.statements());
        for (AdminRequest request : AdminRequest.values()) {
            taken.put(request.title(), measure(recorder, request.sender(realm)));
        }
        for (LifeRequest request : LifeRequest.values()) {
            taken.put(request.title(), measure(recorder, request.sender(realm, SERVER)));
        }
        taken.put("client credentials for the next server", measure(recorder, LifeRequest.forTheNextServer(realm)));
        return taken;
    }

    private static Taken of(String request, Map<String, Taken> measured) {
        return Objects.requireNonNull(measured.get(request));
    }

    private static Taken measure(Recorder recorder, LifeRequest.Sender sender) {
        Statements statements = recorder.of(sender);
        long[] nanos = new long[TIMED];
        for (int i = 0; i < TIMED; i++) {
            sender.prepare();
            sender.rest();
            long start = System.nanoTime();
            sender.send();
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return new Taken(statements, Duration.ofNanos(nanos[TIMED / 2]).toMillis());
    }

    @SuppressWarnings("SystemOut") // a table for the one who measures
    private static void print(Map<String, Taken> small, Map<String, Taken> large) {
        System.out.printf(
                "%d clients and %d servers; statements, then milliseconds, small and large:%n", CLIENTS, SERVERS);
        large.forEach((request, taken) -> {
            Taken before = of(request, small);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %d | %d | %d |%n",
                    request,
                    before.statements().count(),
                    taken.statements().count(),
                    before.milliseconds(),
                    taken.milliseconds());
        });
    }

    /** A clean-up that finds one client to remove, and reads the others. */
    @SuppressWarnings("SystemOut")
    private static void printCleanUp(PostgresServer database, McpRealm realm, DistributionKeycloak server) {
        realm.clients().create("""
                {"clientId": "stale", "publicClient": true, "redirectUris": ["http://127.0.0.1/callback"],
                 "attributes": {"mcp.registered": "1700000000"}}
                """);
        long before = database.statements().end();
        long start = System.nanoTime();
        for (JsonNode policy : realm.components("mcp-client-registration")) {
            realm.edit(
                    "/components/" + policy.path("id").asText(),
                    component -> component.withObject("/config").set("clean-up", Json.tree(List.of("remove"))));
        }
        Awaited.untilAsserted(
                Duration.ofMinutes(5),
                () -> assertThat(server.logLines()).anyMatch(line -> line.contains("KCMCP-0030: realm 'large'")));
        System.out.printf(
                "Clean-up: %d ms, %d statements.%n",
                Duration.ofNanos(System.nanoTime() - start).toMillis(),
                database.statements()
                        .between(before, database.statements().end())
                        .size());
    }
}
