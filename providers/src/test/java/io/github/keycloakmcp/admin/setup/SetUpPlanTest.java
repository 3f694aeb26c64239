package io.github.keycloakmcp.admin.setup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.keycloak.util.JsonSerialization;

import static org.assertj.core.api.Assertions.assertThat;

/** Which changes a realm needs, from values alone. */
class SetUpPlanTest {

    private static final RealmFile FILE = RealmFile.packed();
    private static final List<Part> WANTED =
            new SetUpDocument(Map.of("servers", List.of("https://a.example/mcp"))).fill(FILE);

    private static final Part TRUSTED_HOSTS = policy("t", "Trusted Hosts", "trusted-hosts", "anonymous");
    private static final Part CONSENT = policy("c", "Consent Required", "consent-required", "anonymous");

    @Test
    void anEmptyRealmGetsEverythingInAnOrderThatWorks() {
        List<Change> changes = SetUpPlan.enable(WANTED, List.of());
        assertThat(changes).hasSameSizeAs(WANTED).allMatch(Change.Create.class::isInstance);
        assertThat(changes).extracting(change -> change.part().kind()).isSorted();
        assertThat(changes).extracting(change -> change.part().kind()).contains(PartKind.REQUIRED_ACTION);
    }

    @Test
    void aRealmThatIsAsWantedNeedsNothing() {
        assertThat(SetUpPlan.enable(WANTED, WANTED)).isEmpty();
    }

    @Test
    void theOrderInWhichKeycloakKeepsAListIsNoChange() {
        List<Part> one = new SetUpDocument(Map.of("trustedHosts", List.of("a.example", "b.example"))).fill(FILE);
        List<Part> other = new SetUpDocument(Map.of("trustedHosts", List.of("b.example", "a.example"))).fill(FILE);
        assertThat(SetUpPlan.enable(one, other)).isEmpty();
        List<Part> fewer = new SetUpDocument(Map.of("trustedHosts", List.of("b.example"))).fill(FILE);
        assertThat(SetUpPlan.enable(one, fewer)).hasSize(2);
    }

    @Test
    void policiesThatRefuseAreSetAsideAndOthersAreNot() {
        List<Part> actual = new ArrayList<>(WANTED);
        actual.addAll(List.of(TRUSTED_HOSTS, CONSENT));
        assertThat(SetUpPlan.enable(WANTED, actual)).containsExactly(new Change.SetAside(TRUSTED_HOSTS));
    }

    @Test
    void leavingGivesBackWhatWasSetAsideAndTakesOursInReverseOrder() {
        Part aside = policy("t", "Trusted Hosts", "trusted-hosts", "mcp-set-aside:anonymous");
        List<Part> actual = new ArrayList<>(WANTED);
        actual.add(aside);
        List<Change> changes = SetUpPlan.disable(FILE.parts(), actual);
        assertThat(changes).contains(new Change.Restore(aside)).hasSize(WANTED.size() + 1);
        assertThat(changes).filteredOn(Change.Create.class::isInstance).isEmpty();
        assertThat(kinds(changes)).isSortedAccordingTo((one, two) -> two.compareTo(one));
    }

    @Test
    void aRealmWithNothingToGiveBackIsNotLeftOpen() {
        assertThat(SetUpPlan.disable(FILE.parts(), WANTED))
                .filteredOn(Change.Create.class::isInstance)
                .singleElement()
                .extracting(change -> change.part().text("providerId"))
                .isEqualTo("trusted-hosts");
        assertThat(SetUpPlan.disable(FILE.parts(), List.of(CONSENT))).isEmpty();
    }

    @Test
    void whomAPolicyAppliesToIsLeftToTheAdministrator() {
        List<Part> actual = WANTED.stream()
                .map(part -> part.kind() == PartKind.CLIENT_POLICY
                        ? part.overlaidWith(json("{\"conditions\": [{\"condition\": \"any-client\"}]}"))
                        : part)
                .toList();
        assertThat(SetUpPlan.enable(WANTED, actual)).isEmpty();
    }

    @Test
    void whatOursLeavesInProfilesOfOthersIsTakenOut() {
        Part house = new Part(
                PartKind.CLIENT_PROFILE,
                "house",
                "",
                json(
                        "{\"name\": \"house\", \"executors\": [{\"executor\": \"mcp-resource\"}, {\"executor\": \"pkce-enforcer\"}]}"));
        List<Change> changes = SetUpPlan.disable(FILE.parts(), List.of(house, TRUSTED_HOSTS));
        assertThat(changes).hasSize(1);
        assertThat(changes.get(0))
                .isInstanceOfSatisfying(
                        Change.Update.class,
                        update -> assertThat(update.after().value().findValuesAsText("executor"))
                                .containsExactly("pkce-enforcer"));
    }

    @Test
    void aScopeAndAThemeThatWereThereBeforeStay() {
        Part scope = new Part(PartKind.CLIENT_SCOPE, "mcp:tools", "s", json("{\"description\": \"mine\"}"));
        Part theme = new Part(PartKind.LOGIN_THEME, "loginTheme", "", json("{\"loginTheme\": \"house\"}"));
        assertThat(kinds(SetUpPlan.enable(WANTED, List.of(scope, theme))))
                .doesNotContain(PartKind.CLIENT_SCOPE, PartKind.LOGIN_THEME);
        assertThat(SetUpPlan.disable(FILE.parts(), List.of(scope, theme, TRUSTED_HOSTS)))
                .isEmpty();
    }

    @Test
    void whatAnOlderVersionDidNotWriteGetsItsDefaultAndAnEmptyListStaysEmpty() {
        List<Part> older = WANTED.stream()
                .map(part ->
                        new Part(part.kind(), part.name(), "o", part.value().deepCopy()))
                .toList();
        older.stream().map(Part::value).forEach(value -> {
            if (value.path("config") instanceof ObjectNode config) {
                config.remove(List.of("known-clients", "registrations-per-sender", "allow-loopback"));
            }
            if (value.path("executors") instanceof ArrayNode executors) {
                executors.remove(0);
            }
        });
        SetUpDocument document = SetUpDocument.of(FILE, older);
        assertThat(document.values())
                .containsEntry("knownClients", List.of())
                .containsEntry("servers", List.of("https://a.example/mcp"))
                .doesNotContainKeys("registrationsPerSender", "allowLoopback", "documentsFrom");
        assertThat(document.orStandard(FILE).values())
                .containsEntry("registrationsPerSender", List.of("100"))
                .containsEntry("allowLoopback", List.of("true"))
                .containsEntry("documentsFrom", List.of("any"));
    }

    @Test
    void everyPlaceholderOfTheRealmFileIsAMember() {
        assertThat(FILE.members())
                .extracting(SetUpMember::name)
                .contains("servers", "defaultServer", "trustedHosts", "allowLoopback", "maxClients");
        assertThat(new SetUpDocument(Map.of()).fill(FILE).toString()).doesNotContain("${MCP_");
    }

    private static List<PartKind> kinds(List<Change> changes) {
        return changes.stream().map(change -> change.part().kind()).toList();
    }

    private static Part policy(String id, String name, String provider, String subType) {
        return new Part(
                PartKind.REGISTRATION_POLICY,
                subType + "/" + provider,
                id,
                json("{\"name\": \"%s\", \"providerId\": \"%s\", \"subType\": \"%s\"}"
                        .formatted(name, provider, subType)));
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) JsonSerialization.mapper.readTree(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
