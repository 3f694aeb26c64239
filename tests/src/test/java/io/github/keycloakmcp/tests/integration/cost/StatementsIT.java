package io.github.keycloakmcp.tests.integration.cost;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.cost.AdminRequest;
import io.github.keycloakmcp.tests.cost.Allocation;
import io.github.keycloakmcp.tests.cost.LifeRequest;
import io.github.keycloakmcp.tests.cost.RealmWithout;
import io.github.keycloakmcp.tests.cost.Recorded;
import io.github.keycloakmcp.tests.cost.Recorder;
import io.github.keycloakmcp.tests.cost.ServerCosts;
import io.github.keycloakmcp.tests.cost.Statements;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.DistributionKeycloak;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.PostgresServer;
import io.github.keycloakmcp.tests.server.RealmTemplate;
import io.github.keycloakmcp.tests.server.ServerOptions;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each request of a client's life and of an administrator's day has the database execute the statements that were recorded, and
 * no others. A change that adds one fails with its text, see {@link Recorded}. Left out where the machine has no PostgreSQL.
 */
@EnabledIf("io.github.keycloakmcp.tests.server.KeycloakCluster#isPossible")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatementsIT {

    private static final int SCOPES = 20;

    private final PostgresServer database = PostgresServer.startRecording();
    private final DistributionKeycloak server = DistributionKeycloak.start(ServerOptions.ofTestRun()
            .named("statements")
            .inProduction()
            .withArguments("--cache=local", "--hostname-strict=false")
            .withArguments(database.keycloakArguments().toArray(String[]::new)));
    private final McpRealm realm = realm(server, "statements");

    @ParameterizedTest
    @EnumSource(LifeRequest.class)
    void noRequestExecutesMoreStatementsThanRecorded(LifeRequest request) {
        Recorder recorder = new Recorder(database.statements());
        new Recorded(request.title()).assertMatches(recorder.of(request, realm, McpRealm.SERVER_A));
    }

    /** A server without a client of its own is looked for once in ten seconds, in one statement. */
    @Test
    void aTokenForAServerThatIsNotInUseExecutesOneStatementMore() {
        McpRealm several = realm(server, "several");
        grow(several, 30, 0);
        new Recorded("client credentials for the next server")
                .assertMatches(new Recorder(database.statements()).of(LifeRequest.forTheNextServer(several)));
    }

    /** What the admin page asks for; more servers, clients and client scopes than a page has cost nothing. */
    @Test
    void anAdministratorsRequestsExecuteTheRecordedStatementsWhateverTheNumber() {
        Recorder recorder = new Recorder(database.statements());
        McpRealm many = realm(server, "many");
        grow(many, 30, 0);
        EnumMap<AdminRequest, Statements> few = new EnumMap<>(AdminRequest.class);
        for (AdminRequest request : AdminRequest.values()) {
            few.put(request, recorder.of(request.sender(many)));
        }
        grow(many, 300, 30);
        for (int i = 0; i < SCOPES; i++) {
            many.scopes().create("""
                    {"name": "more-%d", "protocol": "openid-connect", "protocolMappers": [{
                     "name": "mapper", "protocol": "openid-connect", "protocolMapper": "oidc-hardcoded-claim-mapper",
                     "config": {"claim.name": "more", "claim.value": "more", "access.token.claim": "true"}}]}
                    """.formatted(i));
        }
        assertThat(few).allSatisfy((request, before) -> {
            new Recorded(request.title()).assertMatches(before);
            assertThat(recorder.of(request.sender(many)).beyond(before.kinds()))
                    .as(
                            "%s: statements beyond those with a tenth of the servers and clients, and fewer scopes",
                            request.title())
                    .isEmpty();
        });
    }

    /** A change that parses or converts something once more fails here, though the database notices nothing. */
    @Test
    void noRequestAllocatesMuchMoreMemoryThanRecorded() {
        ObjectNode shipped = shipped();
        McpRealm without = McpRealm.create(server, RealmWithout.product(shipped, McpRealm.SERVER_A), "without");
        RealmWithout.openRegistration(without);
        try (ServerCosts costs = ServerCosts.of(server.pid())) {
            Allocation allocation = new Allocation(costs);
            Map<LifeRequest, Double> ratios = new EnumMap<>(LifeRequest.class);
            for (LifeRequest request : LifeRequest.values()) {
                ratios.put(
                        request,
                        allocation.ratio(
                                request.sender(realm, McpRealm.SERVER_A), request.sender(without, McpRealm.SERVER_A)));
            }
            assertThat(ratios).allSatisfy((request, ratio) -> Allocation.assertMatches(request.title(), ratio));
        }
    }

    private static ObjectNode shipped() {
        return RealmTemplate.read(TestSettings.realmConfig(), true).resolved(LifeRequest.REALM);
    }

    private static void grow(McpRealm realm, int to, int from) {
        String servers = IntStream.range(0, to)
                .mapToObj(number -> "\"https://tools.example.com/%04d\"".formatted(number))
                .collect(Collectors.joining(","));
        AdminApi.succeeded("PUT", "/mcp", realm.put("/mcp", "{\"servers\": [" + servers + "]}"));
        String clients = IntStream.range(from, to)
                .mapToObj(number -> """
                        {"clientId": "filler-%04d", "name": "Filler %d", "publicClient": true,
                         "redirectUris": ["http://127.0.0.1/callback"], "attributes": {"mcp.registered": "1700000000"}}
                        """.formatted(number, number))
                .collect(Collectors.joining(","));
        AdminApi.succeeded(
                "POST",
                "/partialImport",
                realm.post("/partialImport", "{\"ifResourceExists\": \"FAIL\", \"clients\": [" + clients + "]}"));
    }

    /** The shipped realm with the demo users; of events it stores what the file says. */
    private static McpRealm realm(DistributionKeycloak server, String name) {
        ObjectNode shipped = shipped();
        McpRealm realm = McpRealm.create(server, shipped, name);
        realm.update(Json.object()
                .put("adminEventsEnabled", false)
                .set("enabledEventTypes", shipped.path("enabledEventTypes"))
                .toString());
        return realm;
    }

    @AfterAll
    void stop() {
        server.close();
        database.close();
    }
}
