package io.github.keycloakmcp.tests.integration.cost;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.github.keycloakmcp.tests.cost.LifeRequest;
import io.github.keycloakmcp.tests.cost.LifeRequest.Sender;
import io.github.keycloakmcp.tests.cost.ManyClients;
import io.github.keycloakmcp.tests.cost.ManyServers;
import io.github.keycloakmcp.tests.cost.Recorder;
import io.github.keycloakmcp.tests.cost.ServerCosts;
import io.github.keycloakmcp.tests.cost.ServerObjectRequests;
import io.github.keycloakmcp.tests.cost.Statements;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.DistributionKeycloak;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.PostgresServer;
import io.github.keycloakmcp.tests.server.RealmTemplate;
import io.github.keycloakmcp.tests.server.ServerOptions;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import static io.github.keycloakmcp.tests.cost.ManyServers.READ;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A realm with many MCP servers that have scopes of their own, and 1,000 clients: no request executes more statements than in a
 * realm with one such server. {@code -Dgrowth.objects=10000} says how many; the table it prints is that of docs/performance.md.
 */
@EnabledIfSystemProperty(named = "growth.objects", matches = "\\d+")
class ServerObjectsGrowthIT {

    private static final int SERVERS = Integer.getInteger("growth.objects", 0);
    private static final int CLIENTS = 1_000;
    private static final int TIMED = 9;

    /** Room in Keycloak's cache: Keycloak itself reads all client scopes of a realm for each token with a refresh token. */
    private static final int CACHED = 10_000 + 10 * SERVERS;

    /** What one request took: statements, and the median of the server's CPU time in milliseconds and of its kilobytes. */
    private record Taken(Statements statements, double cpu, double kilobytes) {}

    @Test
    void noRequestExecutesMoreStatementsThanWithOneServer() {
        try (PostgresServer database = PostgresServer.startRecording();
                DistributionKeycloak server = start(database);
                ServerCosts costs = ServerCosts.of(server.pid())) {
            Map<String, Taken> one = measure(database, costs, realm(server, database, "one", 0, true));
            Map<String, Taken> shared = measure(database, costs, realm(server, database, "shared", SERVERS, true));
            Map<String, Taken> own = measure(database, costs, realm(server, database, "own", SERVERS, false));
            print(one, shared, own);
            Stream.of(shared, own)
                    .forEach(many -> assertThat(many)
                            .allSatisfy((request, taken) -> assertThat(taken.statements()
                                            .beyond(of(request, one)
                                                    .statements()
                                                    .kinds()))
                                    .as("%s: statements beyond those in a realm with one server", request)
                                    .isEmpty()));
        }
    }

    private static DistributionKeycloak start(PostgresServer database) {
        return DistributionKeycloak.start(ServerOptions.ofTestRun()
                .named("growth-of-objects")
                .inProduction()
                .withArguments(
                        "--cache=local", "--hostname-strict=false", "--cache-embedded-realms-max-count=" + CACHED)
                .withArguments(database.keycloakArguments().toArray(String[]::new)));
    }

    private static McpRealm realm(
            DistributionKeycloak server, PostgresServer database, String name, int servers, boolean shared) {
        McpRealm realm = McpRealm.create(
                server, RealmTemplate.read(TestSettings.realmConfig(), true).resolved(LifeRequest.REALM), name);
        realm.update("{\"adminEventsEnabled\": false, \"eventsEnabled\": false}");
        ManyServers.add(database, realm, servers, shared);
        ManyClients.add(database, realm, CLIENTS);
        String machine = realm.clients().path("demo-machine") + "/optional-client-scopes/"
                + realm.scopes().get(READ).path("id").asText();
        AdminApi.succeeded("PUT", machine, realm.put(machine, "{}"));
        return realm;
    }

    private static Map<String, Taken> measure(PostgresServer database, ServerCosts costs, McpRealm realm) {
        Map<String, Taken> taken = new LinkedHashMap<>();
        Recorder recorder = new Recorder(database.statements());
        ServerObjectRequests.of(realm)
                .forEach((request, sender) -> taken.put(request, measure(recorder, costs, sender)));
        return taken;
    }

    private static Taken measure(Recorder recorder, ServerCosts costs, Sender sender) {
        Statements statements = recorder.of(sender);
        double[] cpu = new double[TIMED];
        double[] bytes = new double[TIMED];
        for (int i = 0; i < TIMED; i++) {
            sender.prepare();
            Map<Long, ServerCosts.Cost> before = costs.soFar();
            sender.send();
            ServerCosts.Cost cost = costs.since(before);
            cpu[i] = cost.cpu() / 1e6;
            bytes[i] = cost.bytes() / 1024.0;
        }
        Arrays.sort(cpu);
        Arrays.sort(bytes);
        return new Taken(statements, cpu[TIMED / 2], bytes[TIMED / 2]);
    }

    private static Taken of(String request, Map<String, Taken> measured) {
        return Objects.requireNonNull(measured.get(request));
    }

    @SuppressWarnings("SystemOut") // a table for the one who measures
    private static void print(Map<String, Taken> one, Map<String, Taken> shared, Map<String, Taken> own) {
        System.out.printf(
                "1 server, %1$,d that share three scopes, %1$,d with three each: statements, KB, CPU ms%n",
                SERVERS + 1);
        one.keySet().forEach(request -> {
            System.out.print("| " + request);
            Stream.of(one, shared, own)
                    .map(realm -> of(request, realm))
                    .forEach(taken -> System.out.printf(
                            Locale.ROOT,
                            " | %d | %.0f | %.1f",
                            taken.statements().count(),
                            taken.kilobytes(),
                            taken.cpu()));
            System.out.println(" |");
        });
    }
}
