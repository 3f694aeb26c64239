package io.github.keycloakmcp.rule.diagnosis;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** From facts about a realm to findings. */
class RealmChecksTest {

    @Test
    void aFullRealmThatMakesRoomIsAWarning() {
        ClientsFacts full = new ClientsFacts(
                true, true, List.of(), List.of(), List.of(), 10, true, 10, true, List.of("https://o"), true, false);
        assertThat(ClientsChecks.of(full)).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo("realm-is-full");
            assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
        });
    }

    @Test
    void ofServersThatAreClientsOfTheRealm() {
        AudienceFacts clients =
                new AudienceFacts(List.of(), true, "", true, List.of(), List.of(), true, List.of("mcp:tools"));
        assertThat(AudienceChecks.of(clients))
                .extracting(Finding::id)
                .containsExactly("no-default-server", "role-on-mcp-scope");
    }

    @Test
    void everyFindingSaysAFix() {
        RealmFacts worst = new RealmFacts(
                List.of("client-policy mcp"),
                new ClientsFacts(
                        false,
                        false,
                        List.of("Trusted Hosts"),
                        List.of("Client Disabled"),
                        List.of("mcp:tools"),
                        10,
                        false,
                        10,
                        false,
                        List.of(),
                        false,
                        false),
                new AudienceFacts(
                        List.of(), false, "", false, List.of("mcp:tools"), List.of("s/m"), false, List.of("mcp:tools")),
                new SessionFacts(7_200, false, 0, false, false, false));
        assertThat(RealmChecks.of(worst))
                .hasSizeGreaterThan(12)
                .allSatisfy(finding -> assertThat(finding.fix()).isNotEmpty());
    }

    @Test
    void aRealmInOrderHasNoFindings() {
        RealmFacts good = new RealmFacts(
                List.of(),
                new ClientsFacts(
                        true,
                        true,
                        List.of(),
                        List.of(),
                        List.of(),
                        1,
                        false,
                        10,
                        true,
                        List.of("http://localhost:6274"),
                        true,
                        false),
                new AudienceFacts(
                        List.of("https://a.example/mcp"),
                        false,
                        "https://a.example/mcp",
                        true,
                        List.of(),
                        List.of(),
                        true,
                        List.of()),
                new SessionFacts(300, true, 1, true, true, true));
        assertThat(RealmChecks.of(good)).isEmpty();
    }

    @Test
    void ofSetUp() {
        SessionFacts good = new SessionFacts(300, true, 1, true, true, true);
        SessionFacts bad = new SessionFacts(300, true, 1, true, false, false);
        assertThat(SetUpChecks.enabling(true, good, false)).isEmpty();
        assertThat(SetUpChecks.enabling(false, bad, true))
                .extracting(Finding::id)
                .containsExactly("offline-role-missing", "scope-kept");
        assertThat(SetUpChecks.enabling(true, bad, false))
                .extracting(Finding::id)
                .containsExactly("other-consent-page", "offline-role-missing");
        assertThat(SetUpChecks.leaving(0, true)).isEmpty();
        assertThat(SetUpChecks.leaving(2, true))
                .singleElement()
                .extracting(Finding::what)
                .asString()
                .contains("2 self-registered", "mcp:tools");
    }
}
