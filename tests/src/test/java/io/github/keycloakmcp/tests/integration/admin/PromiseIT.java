package io.github.keycloakmcp.tests.integration.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

import io.github.keycloakmcp.tests.server.KeycloakTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What diagnosis says of a known client is what becomes of it: in realms with settings by chance, each client is judged by
 * diagnosis, and then really registers, and alice really logs in.
 */
@KeycloakTest(demo = false)
class PromiseIT extends InStockRealm {

    private static final int SEEDS = Integer.getInteger("promise.seeds", 24);
    private static final long FIRST = Long.getLong("promise.first", 1);

    /** Findings that say that this client or user does not get in. */
    private static final List<String> REFUSALS = List.of(
            "client-would-be-refused",
            "client-would-be-refused-at-login",
            "resource-unknown",
            "user-without-role",
            "user-without-access",
            "user-disabled");

    private final List<Boolean> promised = new ArrayList<>();
    private RandomSettings settings;

    static LongStream seeds() {
        return LongStream.range(FIRST, FIRST + SEEDS);
    }

    @BeforeAll
    void make() {
        settings = RandomSettings.in(realm);
    }

    @BeforeEach
    void removeClients() {
        settings.removeClients();
    }

    @AfterEach
    void removeWhatWasAdded() {
        settings.restore();
    }

    @AfterAll
    void bothAnswersOccurred() {
        assertThat(promised.stream().filter(getsIn -> getsIn))
                .as("clients that get in")
                .hasSizeGreaterThan(SEEDS / 10);
        assertThat(promised.stream().filter(getsIn -> !getsIn))
                .as("clients that do not")
                .hasSizeGreaterThan(SEEDS / 10);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatDiagnosisSaysOfAClientIsWhatBecomesOfIt(long seed) {
        Dice dice = new Dice(seed);
        settings.choose(dice);
        String known = dice.choose("client", StockRealm.knownClients().toArray(String[]::new));
        String resource = settings.resource(dice);
        Diagnosis diagnosis = Diagnosis.of(realm, "?user=alice&client=" + known + "&resource=" + resource);
        RealFlow flow = RealFlow.of(realm, KnownMetadata.of(known), resource);
        String context = "seed %d: %s%n%s%n%s"
                .formatted(seed, dice, flow, diagnosis.answer().toPrettyString());
        if (promises(diagnosis)) {
            assertThat(flow.getsIn()).as("wrongly green, %s", context).isTrue();
            promised.add(true);
        } else if (diagnosis.ids().stream().anyMatch(REFUSALS::contains)) {
            assertThat(flow.getsIn()).as("wrongly red, %s", context).isFalse();
            promised.add(false);
        }
    }

    /** Nothing is in the way, and the client would register, without reservation, and log in. */
    static boolean promises(Diagnosis diagnosis) {
        return diagnosis.answer().path("ok").asBoolean()
                && diagnosis.ids().contains("client-would-log-in")
                && diagnosis.ids().contains("user-has-access")
                && diagnosis.answer().path("findings").findParents("id").stream()
                        .filter(finding -> finding.path("id").asText().equals("client-would-register"))
                        .anyMatch(finding -> finding.path("severity").asText().equals("info"));
    }
}
