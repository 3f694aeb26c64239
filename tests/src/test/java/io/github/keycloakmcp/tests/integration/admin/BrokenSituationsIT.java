package io.github.keycloakmcp.tests.integration.admin;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.stream.Stream;

import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each way in which administrators have broken a realm: it is broken, diagnosis names cause and fix over Admin REST and with
 * the script, the fix is followed, and then diagnosis says that nothing is in the way and a client gets its token. The admin
 * page shows the same in a browser ({@code SituationsOnPageIT}).
 */
@KeycloakTest(demo = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs bash, curl and jq")
class BrokenSituationsIT {

    private Situations situations;
    private McpRealm realm;
    private DiagnoseScript script;

    @BeforeAll
    void make(@TempDir Path folder, McpRealm neighbour) throws IOException {
        situations = Situations.beside(neighbour, URI.create("https://sso.example.com"));
        realm = situations.realm();
        script = DiagnoseScript.in(folder, realm, "chief");
    }

    @AfterEach
    void restore() {
        situations.restore();
    }

    @AfterAll
    void remove() {
        situations.close();
    }

    Stream<Situation> situations() {
        return situations.all();
    }

    @ParameterizedTest
    @MethodSource("situations")
    void isNamedWithItsCauseAndIsOverWhenTheFixIsFollowed(Situation situation) {
        situation.breaks().run();
        if (situation.flow() != null) {
            assertThat(situation.flow().get().getsIn()).isFalse();
        }
        Diagnosis broken = diagnose(situation);
        broken.names(situation.finding(), situation.words().toArray(String[]::new));
        assertThat(broken.answer().path("ok").asBoolean())
                .as(broken.answer().toPrettyString())
                .isEqualTo(!situation.red());
        assertThat(script.run(situation.options(), situation.header()))
                .contains(situation.finding(), situation.red() ? "exit 1" : "No problem found.")
                .contains(situation.words());

        situation.fix().run();
        diagnose(situation).isGreen().namesNone(situation.finding());
        assertThat(script.run(situation.options(), situation.header()))
                .contains("No problem found.")
                .doesNotContain(situation.finding() + "\n", "exit");
        if (situation.flow() != null) {
            assertThat(situation.flow().get().end()).isEqualTo("token");
        }
    }

    private Diagnosis diagnose(Situation situation) {
        if (situation.header().isEmpty()) {
            return Diagnosis.of(realm, situation.query());
        }
        int colon = situation.header().indexOf(": ");
        URI address = URI.create(
                realm.server().url() + "/admin/realms/" + realm.name() + "/mcp/diagnosis" + situation.query());
        return Diagnosis.of(StockRealm.administrator(realm, "chief")
                .with(situation.header().substring(0, colon), situation.header().substring(colon + 2))
                .get(address)
                .body());
    }
}
