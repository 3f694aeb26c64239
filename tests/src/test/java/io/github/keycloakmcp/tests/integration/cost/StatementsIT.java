package io.github.keycloakmcp.tests.integration.cost;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.cost.LifeRequest;
import io.github.keycloakmcp.tests.cost.Recorder;
import io.github.keycloakmcp.tests.cost.Statements;
import io.github.keycloakmcp.tests.server.DistributionKeycloak;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.PostgresServer;
import io.github.keycloakmcp.tests.server.RealmTemplate;
import io.github.keycloakmcp.tests.server.ServerOptions;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.junit.jupiter.api.AfterAll;
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
    private final McpRealm realm = realm(server);

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

    /** The shipped realm with the demo users; of events it stores what the file says. */
    private static McpRealm realm(DistributionKeycloak server) {
        ObjectNode shipped =
                RealmTemplate.read(TestSettings.realmConfig(), true).resolved(LifeRequest.REALM);
        McpRealm realm = McpRealm.create(server, shipped, "statements");
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
