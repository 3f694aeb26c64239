package io.github.keycloakmcp.tests.integration.cost;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;

import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.cost.JavaMemory;
import io.github.keycloakmcp.tests.cost.LifeRequest;
import io.github.keycloakmcp.tests.cost.ManyClients;
import io.github.keycloakmcp.tests.server.DistributionKeycloak;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.PostgresServer;
import io.github.keycloakmcp.tests.server.RealmTemplate;
import io.github.keycloakmcp.tests.server.ServerOptions;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many clients that are all in use, on a server with Keycloak's default caches and on one whose caches hold all
 * of them. {@code -Dcached.clients=10000} says how many; the table it prints is that of docs/performance.md.
 */
@EnabledIfSystemProperty(named = "cached.clients", matches = "\\d+")
class CachedClientsIT {

    private static final int CLIENTS = Integer.getInteger("cached.clients", 0);
    private static final String REALM = "cached";
    private static final int PAGES = 1_000;
    private static final int MACHINES = 300;
    private static final int THREADS = 4;
    private static final String CALLBACK = "http://127.0.0.1/callback";

    /** Entries of Keycloak's caches for one client: itself, its internal id, its default scopes and its optional scopes. */
    private static final int REALM_ENTRIES = 4;

    /** And for its service account: itself, and its id. */
    private static final int USER_ENTRIES = 2;

    /** What one request took on average. */
    private record Cost(double statements, double server, double database) {}

    @Test
    void aServerWhoseCacheHoldsThemReadsNoClientFromTheDatabase() {
        List<String> enlarged = List.of(
                "--cache-embedded-realms-max-count=" + (REALM_ENTRIES * CLIENTS + 1_000),
                "--cache-embedded-users-max-count=" + (USER_ENTRIES * CLIENTS + 1_000));
        McpRealm realm;
        List<Cost> small;
        List<Cost> large;
        try (PostgresServer database = PostgresServer.startRecording()) {
            try (DistributionKeycloak server = start(database, List.of())) {
                realm = realm(server, database);
                small = measured(database, server, realm, "default");
            }
            try (DistributionKeycloak server = start(database, enlarged)) {
                large = measured(database, server, realm.at(server), "enlarged");
            }
        }
        for (int i = 0; i < large.size(); i++) {
            assertThat(large.get(i).statements()).isLessThan(small.get(i).statements());
        }
        assertThat(large.get(0).statements()).as("login page").isLessThan(0.1);
    }

    private static DistributionKeycloak start(PostgresServer database, List<String> arguments) {
        return DistributionKeycloak.start(ServerOptions.ofTestRun()
                .named("cached-clients")
                .inProduction()
                .withArguments("--cache=local", "--hostname-strict=false")
                .withArguments(arguments.toArray(String[]::new))
                .withArguments(database.keycloakArguments().toArray(String[]::new)));
    }

    private static List<Cost> measured(
            PostgresServer database, DistributionKeycloak server, McpRealm realm, String caches) {
        McpClient party = McpClient.of(realm);
        long before = JavaMemory.heapAfterCollection(server.pid());
        inParallel(MACHINES, i -> token(of(party, realm, i)));
        inParallel(CLIENTS, i -> loginPage(of(party, realm, i)));
        long after = JavaMemory.heapAfterCollection(server.pid());
        Random numbers = new Random(1);
        List<Cost> costs = List.of(
                cost(database, server, PAGES, i -> loginPage(of(party, realm, 1 + numbers.nextInt(CLIENTS)))),
                cost(database, server, MACHINES, i -> token(of(party, realm, i))));
        print(caches, costs, (after - before) / 1024);
        return costs;
    }

    private static McpRealm realm(DistributionKeycloak server, PostgresServer database) {
        McpRealm realm = McpRealm.create(
                server, RealmTemplate.read(TestSettings.realmConfig(), true).resolved(LifeRequest.REALM), REALM);
        realm.update("{\"adminEventsEnabled\": false, \"eventsEnabled\": false}");
        ManyClients.add(database, realm, CLIENTS, """
                {"clientId": "filler", "name": "filler", "secret": "secret", "serviceAccountsEnabled": true,
                 "defaultClientScopes": ["basic", "acr", "roles", "mcp:tools"], "redirectUris": ["%s"]}
                """.formatted(CALLBACK));
        for (int i = 1; i <= MACHINES; i++) {
            realm.read("/clients/" + ManyClients.id(realm, i) + "/service-account-user"); // makes it
        }
        return realm;
    }

    private static McpClient of(McpClient party, McpRealm realm, int number) {
        return party.identifiedBy(ManyClients.id(realm, number), "secret", CALLBACK);
    }

    private static void token(McpClient client) {
        client.clientCredentials("", McpRealm.SERVER_A).expect(200);
    }

    private static void loginPage(McpClient client) {
        URI request = client.authorization().resource(McpRealm.SERVER_A).uri();
        assertThat(Http.plain().get(request).status()).isEqualTo(200);
    }

    private static void inParallel(int count, IntConsumer request) {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            int number = i;
            running.add(CompletableFuture.runAsync(() -> request.accept(number), threads));
        }
        running.forEach(CompletableFuture::join);
        threads.shutdown();
    }

    private static Cost cost(PostgresServer database, DistributionKeycloak server, int requests, IntConsumer request) {
        long log = database.statements().end();
        Duration busy = server.cpu();
        Duration storing = database.cpu();
        for (int i = 1; i <= requests; i++) {
            request.accept(i);
        }
        return new Cost(
                (double) database.statements()
                                .between(log, database.statements().end())
                                .size()
                        / requests,
                milliseconds(server.cpu().minus(busy), requests),
                milliseconds(database.cpu().minus(storing), requests));
    }

    private static double milliseconds(Duration all, int requests) {
        return all.toNanos() / 1e6 / requests;
    }

    @SuppressWarnings("SystemOut") // a table for the one who measures
    private static void print(String caches, List<Cost> costs, long megabytes) {
        System.out.printf("%d clients, %s caches: %d MB more heap after all were in use%n", CLIENTS, caches, megabytes);
        for (int i = 0; i < costs.size(); i++) {
            Cost cost = costs.get(i);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %.1f | %.2f | %.2f |%n",
                    caches,
                    i == 0 ? "login page" : "client credentials",
                    cost.statements(),
                    cost.server(),
                    cost.database());
        }
    }
}
