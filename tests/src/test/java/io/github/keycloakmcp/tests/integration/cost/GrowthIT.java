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

    /** Copies of one client, with all that hangs on it; 100,000 within a minute. */
    private static final String COPIES = """
            create temporary table model as select c.* from client c join realm r on r.id = c.realm_id
              where c.client_id = 'filler' and r.name = '%2$s';
            create temporary table copy as
              select '%2$s-' || lpad(n::text, 6, '0') as name from generate_series(1, %1$d) n;
            insert into client select (jsonb_populate_record(m, jsonb_build_object(
              'id', copy.name, 'client_id', copy.name, 'name', copy.name))).* from model m, copy;
            insert into client_attributes (client_id, name, value)
              select copy.name, a.name, a.value from client_attributes a join model on a.client_id = model.id, copy;
            delete from client_attributes where name = 'mcp.last-used' and client_id like '%2$s-%%';
            insert into client_attributes (client_id, name, value)
              select copy.name, 'mcp.last-used', '4000000000' from copy;
            insert into redirect_uris (client_id, value)
              select copy.name, r.value from redirect_uris r join model on r.client_id = model.id, copy;
            insert into client_scope_client (client_id, scope_id, default_scope)
              select copy.name, s.scope_id, s.default_scope
              from client_scope_client s join model on s.client_id = model.id, copy;
            drop table model, copy;
            analyze;
            """;

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
        realm.clients().create("""
                {"clientId": "filler", "name": "filler", "publicClient": true, "consentRequired": true,
                 "redirectUris": ["http://127.0.0.1/callback"],
                 "attributes": {"mcp.registered": "1700000000"}}
                """);
        database.execute(COPIES.formatted(clients, name));
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
