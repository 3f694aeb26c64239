package io.github.keycloakmcp.rule.diagnosis;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** What keeps clients out of a realm, or in it for ever: each cause is one finding, and nothing else is. */
class ClientsChecksTest {

    private static final List<String> ORIGINS = List.of("http://localhost:6274");
    private static final List<String> NONE = List.of();

    static Stream<Arguments> causes() {
        return Stream.of(
                arguments(policies(true, true, NONE, NONE, NONE, ORIGINS), ""),
                arguments(policies(false, true, NONE, NONE, NONE, NONE), "WARNING registration-not-managed"),
                arguments(policies(false, false, NONE, NONE, NONE, NONE), "ERROR registration-not-managed"),
                arguments(
                        policies(true, true, List.of("Trusted Hosts"), NONE, NONE, ORIGINS),
                        "ERROR registration-policy-refuses"),
                arguments(
                        policies(true, true, NONE, List.of("Client Disabled"), NONE, ORIGINS),
                        "ERROR registration-policy-disables"),
                arguments(policies(true, true, NONE, NONE, List.of("mcp"), ORIGINS), "ERROR forced-scope-missing"),
                arguments(policies(true, true, NONE, NONE, NONE, NONE), "INFO no-browser-clients"),
                arguments(cleanedUp(true, false), "WARNING no-clean-up"),
                arguments(documents(false, false), "WARNING no-metadata-documents"),
                arguments(documents(true, true), "WARNING upstream-cimd-decides"),
                arguments(documents(false, true), "WARNING upstream-cimd-decides"));
    }

    @ParameterizedTest
    @MethodSource("causes")
    void eachCauseIsOneFinding(ClientsFacts facts, String finding) {
        assertThat(ClientsChecks.of(facts))
                .extracting(found -> found.severity() + " " + found.id())
                .isEqualTo(finding.isEmpty() ? List.of() : List.of(finding));
    }

    @ParameterizedTest
    @CsvSource({
        "9, 10, true, ''",
        "10, 10, true, WARNING realm-is-full",
        "11, 10, false, ERROR realm-is-full",
        "9, 10, false, ''",
        "0, 0, false, ''",
        "100, 0, true, ''"
    })
    void aRealmIsFullAtItsLimitIfItHasOne(int count, int most, boolean room, String finding) {
        ClientsFacts facts =
                new ClientsFacts(true, true, NONE, NONE, NONE, count, room, most, true, ORIGINS, true, false);
        assertThat(ClientsChecks.of(facts))
                .extracting(found -> found.severity() + " " + found.id())
                .isEqualTo(finding.isEmpty() ? List.of() : List.of(finding));
    }

    @Test
    void theCleanUpIsSetWhereItsPolicyIsAndOtherwiseTheRealmIsEnabled() {
        assertThat(ClientsChecks.of(cleanedUp(true, false)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.fix()).contains("clean-up remove"));
        assertThat(ClientsChecks.of(cleanedUp(false, false)))
                .filteredOn(finding -> finding.id().equals("no-clean-up"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.fix()).isEqualTo(Advice.ENABLE));
    }

    private static ClientsFacts policies(
            boolean managed,
            boolean guarded,
            List<String> refusing,
            List<String> disabling,
            List<String> missing,
            List<String> origins) {
        return new ClientsFacts(
                managed, guarded, refusing, disabling, missing, 1, false, 10, true, origins, true, false);
    }

    private static ClientsFacts cleanedUp(boolean managed, boolean cleanedUp) {
        return new ClientsFacts(managed, true, NONE, NONE, NONE, 1, false, 10, cleanedUp, ORIGINS, true, false);
    }

    private static ClientsFacts documents(boolean documents, boolean upstream) {
        return new ClientsFacts(true, true, NONE, NONE, NONE, 1, false, 10, true, ORIGINS, documents, upstream);
    }
}
