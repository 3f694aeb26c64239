package io.github.keycloakmcp.tests.integration.database;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Page;
import io.github.keycloakmcp.tests.client.Registration;
import io.github.keycloakmcp.tests.server.Awaited;
import io.github.keycloakmcp.tests.server.DatabaseServer;
import io.github.keycloakmcp.tests.server.DistributionKeycloak;
import io.github.keycloakmcp.tests.server.DocumentHost;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.RealmTemplate;
import io.github.keycloakmcp.tests.server.ServerOptions;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Far more newcomers at the same moment than there are connections to the database, where Keycloak's feature {@code
 * stateless} keeps marks there: no request waits for one that waits for it, and one for which there is no connection in time is
 * told to come again. Left out where the machine has no such database.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIf("io.github.keycloakmcp.tests.server.DatabaseServer#isInstalled")
@DisabledIfSystemProperty(named = "keycloak.url", matches = ".+", disabledReason = "starts servers of its own")
@DisabledIfSystemProperty(named = "server", matches = "container", disabledReason = "needs the server's own loopback")
@DisabledIfSystemProperty(named = "keycloak.version", matches = "26\\.6\\..+", disabledReason = "has no such feature")
class FewConnectionsIT {

    private static final int PARTIES = 24;

    /** More than one, because few documents of one host are read at a time. */
    private static final int HOSTS = 8;

    /** The table of marks, in the case that it has on MariaDB; PostgreSQL does not mind. */
    private static final String MARKS = "SINGLE_USE_OBJECT";

    /** The table of what only self-registered clients have: those that make room are found in it. */
    private static final String ATTRIBUTES = "CLIENT_ATTRIBUTES";

    /** The clients of a small realm: more than those that newcomers at the same moment remove. */
    private static final int SMALL = 2 * PARTIES;

    /** For longer than requests wait for a connection. */
    private static final int HELD_SECONDS = 20;

    private final DatabaseServer database = DatabaseServer.start();
    private final DistributionKeycloak server = DistributionKeycloak.start(ServerOptions.ofTestRun()
            .named("few-connections")
            .withArguments(database.keycloakArguments().toArray(String[]::new))
            .withArguments(
                    "--features=stateless",
                    "--metrics-enabled=true",
                    "--db-pool-initial-size=1",
                    "--db-pool-max-size=4",
                    "--db-pool-acquisition-timeout=15"));
    private final McpRealm realm = realm("few-connections", "10000");
    private final McpRealm small = realm("few-clients", String.valueOf(SMALL));
    private final ExecutorService threads = Executors.newFixedThreadPool(PARTIES + 1);

    private McpRealm realm(String name, String clients) {
        Map<String, String> variables = Map.of(
                "MCP_REGISTRATIONS_PER_SENDER",
                "1000",
                "MCP_ALLOW_LOOPBACK_DOCUMENTS",
                "true",
                "MCP_MAX_CLIENTS",
                clients);
        return McpRealm.create(
                server, RealmTemplate.read(TestSettings.realmConfig(), true).resolved(variables), name);
    }

    /** What a node reads of a realm at its first request is Keycloak's, and takes connections while others wait for it. */
    @BeforeAll
    void fillTheCache() {
        for (McpRealm each : List.of(realm, small)) {
            McpClient.of(each)
                    .register(ClientMetadata.named("First").scope("openid mcp:tools"))
                    .expect(201);
        }
    }

    @AfterAll
    void close() {
        threads.shutdownNow();
        server.close();
        database.close();
    }

    @Test
    void clientsThatDifferAreAllRegistered() {
        // A scope that is no client scope of the realm is in no cache.
        List<Registration> answers =
                atOnce(party -> ClientMetadata.named("Party " + party).scope("openid mcp:tools"));
        assertThat(answers).allSatisfy(answer -> answer.expect(201));
        assertThat(answers).extracting(Registration::clientId).doesNotHaveDuplicates();
        assertThat(realm.clients().ids())
                .containsAll(answers.stream().map(Registration::clientId).toList());
    }

    @RepeatedTest(5)
    void clientsThatAreTheSameAreAllAnswered(RepetitionInfo repetition) {
        assertThat(atOnce(party -> ClientMetadata.named("Same " + repetition.getCurrentRepetition())))
                .allSatisfy(answer -> answer.expect(201))
                .allSatisfy(answer ->
                        assertThat(realm.clients().contains(answer.clientId())).isTrue());
    }

    @Test
    void whatGetsNoConnectionInTimeIsToldToComeAgain() {
        CompletableFuture<Void> lock = hold(MARKS);
        List<Registration> answers = atOnce(party -> ClientMetadata.named("Late " + party));
        lock.join();
        assertThat(answers).extracting(Registration::status).containsOnly(201, 503);
        List<Registration> refused =
                answers.stream().filter(answer -> answer.status() == 503).toList();
        assertThat(refused).isNotEmpty().allSatisfy(FewConnectionsIT::toldToComeAgain);
        assertThat(Http.plain().get(server.management().resolve("/metrics")).body())
                .containsPattern(
                        "keycloak_mcp_refusals_total\\{code=\"database-busy\",.*event=\"client_register_error\",.*realm=\""
                                + realm.name() + "\"} [1-9]");
        atOnce(party -> ClientMetadata.named("Later " + party)).forEach(answer -> answer.expect(201));
    }

    @Test
    void aRegistrationThatTheDatabaseEndsLeavesItsPlaceToTheNext() {
        ClientMetadata metadata = ClientMetadata.named("Ended");
        McpClient.of(realm).register(ClientMetadata.named("Counted")).expect(201);
        toldToComeAgain(ended(realm, metadata));
        Registration again = McpClient.of(realm).register(metadata);
        again.expect(201);
        assertThat(McpClient.of(realm).register(metadata).clientId()).isEqualTo(again.clientId());
    }

    @Test
    void aFullRealmKeepsItsSizeWhereTheDatabaseEndsARegistration() {
        fill(small);
        int most = small.clients().ids().size();
        toldToComeAgain(ended(small, ClientMetadata.named("Ended")));
        for (int party = 0; party < PARTIES; party++) {
            McpClient.of(small)
                    .register(ClientMetadata.named("Newcomer " + party))
                    .expect(201);
        }
        assertThat(small.clients().ids()).hasSize(most);
    }

    /** The answer to a registration whose connection the database ends while it waits for the attributes of clients. */
    private Registration ended(McpRealm where, ClientMetadata metadata) {
        CompletableFuture<Void> lock = hold(ATTRIBUTES);
        CompletableFuture<Registration> answer =
                CompletableFuture.supplyAsync(() -> McpClient.of(where).register(metadata), threads);
        Awaited.untilAsserted(() -> assertThatCode(() -> database.endWaiting()).doesNotThrowAnyException());
        Registration ended = answer.join();
        lock.join();
        return ended;
    }

    private CompletableFuture<Void> hold(String table) {
        CompletableFuture<Void> lock = CompletableFuture.runAsync(() -> database.hold(table, HELD_SECONDS), threads);
        Awaited.untilAsserted(() -> assertThatThrownBy(() -> database.touch(table)));
        return lock;
    }

    private static void toldToComeAgain(Registration answer) {
        answer.expect(503);
        assertThat(answer.error()).contains("temporarily_unavailable");
        assertThat(answer.header("Retry-After")).contains("5");
    }

    @Test
    void clientsWithNewDocumentsAllSeeTheLoginPage() {
        newDocumentsLeadToTheLoginPage(realm);
    }

    @Test
    void newDocumentsInAFullRealmAllLeadToTheLoginPage() {
        fill(small);
        newDocumentsLeadToTheLoginPage(small);
    }

    private static void fill(McpRealm realm) {
        for (int party = 0; party < SMALL; party++) {
            McpClient.of(realm).register(ClientMetadata.named("Party " + party)).expect(201);
        }
    }

    private void newDocumentsLeadToTheLoginPage(McpRealm where) {
        List<DocumentHost> hosts =
                Stream.generate(DocumentHost::start).limit(HOSTS).toList();
        try {
            assertThat(together(party -> open(
                            where,
                            hosts.get(party % HOSTS)
                                    .publish("/" + party, "\"redirect_uris\": [\"" + ClientMetadata.LOOPBACK + "\"]"))))
                    .allSatisfy(
                            page -> assertThat(page.isLogin()).as(page.text()).isTrue());
        } finally {
            hosts.forEach(DocumentHost::close);
        }
    }

    private static Page open(McpRealm where, String document) {
        McpClient client = McpClient.of(where).identifiedBy(document, null, ClientMetadata.LOOPBACK);
        return Browser.of("alice")
                .open(client.authorization().resource(McpRealm.SERVER_A).uri());
    }

    private List<Registration> atOnce(IntFunction<ClientMetadata> metadata) {
        return together(party -> McpClient.of(realm).register(metadata.apply(party)));
    }

    private <T> List<T> together(IntFunction<T> request) {
        List<CompletableFuture<T>> running = IntStream.range(0, PARTIES)
                .mapToObj(party -> CompletableFuture.supplyAsync(() -> request.apply(party), threads))
                .toList();
        return running.stream().map(CompletableFuture::join).toList();
    }
}
