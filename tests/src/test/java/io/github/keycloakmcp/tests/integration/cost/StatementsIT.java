package io.github.keycloakmcp.tests.integration.cost;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.cost.LifeRequest;
import io.github.keycloakmcp.tests.cost.Recorder;
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
 * Each request of a client's life has the database execute the statements that were recorded, and no others. A change that
 * adds one fails with its text. Where it has to be, {@code -Dstatements.write=true} records anew, and the difference shows
 * in review. Left out where the machine has no PostgreSQL.
 */
@EnabledIf("io.github.keycloakmcp.tests.server.KeycloakCluster#isPossible")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatementsIT {

    private static final Path RECORDED = Path.of("src/test/resources/io/github/keycloakmcp/tests/integration/cost");

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
        Statements statements = new Recorder(database.statements()).of(request, realm, McpRealm.SERVER_A);
        if (Boolean.getBoolean("statements.write")) {
            record(request, statements);
        }
        List<String> expected = recorded(request);
        assertThat(statements.beyond(expected))
                .as("%s: statements beyond the recorded ones", request.title())
                .isEmpty();
        assertThat(statements.kinds())
                .as("%s: fewer than recorded; record them anew with -Dstatements.write=true", request.title())
                .isEqualTo(expected);
    }

    /** The lists of the admin page, with a page of twenty; more servers and clients than that cost nothing. */
    @Test
    void listsExecuteAsManyStatementsWhateverTheNumber() {
        Recorder recorder = new Recorder(database.statements());
        McpRealm many = realm(server, "many");
        grow(many, 30, 0);
        List<Statements> before = lists(recorder, many);
        grow(many, 300, 30);
        List<Statements> after = lists(recorder, many);
        for (int i = 0; i < before.size(); i++) {
            assertThat(after.get(i).beyond(before.get(i).kinds())).isEmpty();
            assertThat(after.get(i).count()).isLessThan(60);
        }
    }

    private static List<Statements> lists(Recorder recorder, McpRealm realm) {
        return Stream.of("/mcp/servers?max=20", "/mcp/clients?max=20", "/mcp/clients?max=20&search=Filler")
                .map(list -> recorder.of(() -> realm.read(list)))
                .toList();
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
        ObjectNode shipped =
                RealmTemplate.read(TestSettings.realmConfig(), true).resolved(LifeRequest.REALM);
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

    private static void record(LifeRequest request, Statements statements) {
        try {
            Files.createDirectories(RECORDED);
            Files.write(RECORDED.resolve(file(request)), statements.kinds());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> recorded(LifeRequest request) {
        if (Boolean.getBoolean("statements.write")) {
            try {
                return Files.readAllLines(RECORDED.resolve(file(request)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        try (InputStream recorded = StatementsIT.class.getResourceAsStream(file(request))) {
            return recorded == null
                    ? List.of()
                    : new String(recorded.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String file(LifeRequest request) {
        return request.title().replace(' ', '-') + ".txt";
    }
}
