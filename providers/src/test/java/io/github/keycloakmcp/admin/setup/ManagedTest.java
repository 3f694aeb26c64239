package io.github.keycloakmcp.admin.setup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.keycloak.util.JsonSerialization;

import static org.assertj.core.api.Assertions.assertThat;

/** What set-up made is known by its mark, in realms of older versions by its content, never by a name alone. */
class ManagedTest {

    private static final RealmFile FILE = RealmFile.packed();
    private static final List<Part> WANTED =
            new SetUpDocument(Map.of("servers", List.of("https://a.example/mcp"))).fill(FILE);

    private static final Part OWN_SCOPE = new Part(
            PartKind.CLIENT_SCOPE,
            "mcp:tools",
            "s",
            json("{\"name\": \"mcp:tools\", \"description\": \"Opens the MCP servers that its mapper declares\"}"));
    private static final Part OWN_PROFILE = profile("mcp", "secure-session");
    private static final Part OWN_POLICY = policy("mcp", "mcp");

    @Test
    void anAdministratorsOwnProfileAndPolicyMakeItTakeAnotherName() {
        assertThat(new Managed(List.of()).name()).isEqualTo("mcp");
        assertThat(new Managed(List.of(OWN_PROFILE)).name()).isEqualTo("keycloak-mcp");
        assertThat(new Managed(List.of(OWN_POLICY)).name()).isEqualTo("keycloak-mcp");
        assertThat(new Managed(List.of(OWN_PROFILE, policy("keycloak-mcp", "mcp"))).name())
                .isEqualTo("keycloak-mcp-2");
        assertThat(new Managed(List.of(profile("mcp", "mcp-resource", "secure-session"))).name())
                .as("an own profile with an executor of ours")
                .isEqualTo("keycloak-mcp");
    }

    @Test
    void whatAnAdministratorHadBeforeIsNeitherChangedByEnablingNorByLeaving() {
        List<Part> own = List.of(OWN_SCOPE, OWN_PROFILE, OWN_POLICY);
        RealmFile file = RealmFile.named(new Managed(own).name());
        List<Part> wanted = new SetUpDocument(Map.of()).fill(file);
        List<Change> made = SetUpPlan.enable(wanted, own);
        assertThat(made).allMatch(Change.Create.class::isInstance);
        assertThat(made)
                .extracting(change -> change.part().kind())
                .contains(PartKind.PROTOCOL_MAPPER)
                .doesNotContain(PartKind.CLIENT_SCOPE);

        List<Part> after = new ArrayList<>(own);
        made.forEach(change -> after.add(change.part()));
        assertThat(new Managed(after).name()).isEqualTo("keycloak-mcp");
        assertThat(SetUpPlan.enable(wanted, after)).isEmpty();
        assertThat(SetUpPlan.disable(wanted, after))
                .filteredOn(change -> own.contains(change.part()))
                .isEmpty();
        assertThat(SetUpPlan.disable(wanted, after))
                .filteredOn(Change.Remove.class::isInstance)
                .hasSameSizeAs(made);
    }

    @Test
    void aScopeWithTheSameWordsAndTheSameMapperIsTheAdministratorsWithoutOurProfile() {
        List<Part> own = new ArrayList<>(WANTED.stream()
                .filter(part -> part.kind() == PartKind.PROTOCOL_MAPPER)
                .toList());
        own.add(OWN_SCOPE);
        assertThat(new Managed(own).isOurScope(OWN_SCOPE)).isFalse();
        own.add(OWN_PROFILE);
        assertThat(new Managed(own).isOurScope(OWN_SCOPE)).isFalse();
    }

    @Test
    void aRealmOfAnOlderVersionIsMarkedByTheNextCallAndLeftWhole() {
        List<Part> older = WANTED.stream()
                .filter(part -> part.kind() != PartKind.MARK)
                .map(ManagedTest::unmarked)
                .toList();
        List<Change> pending = SetUpPlan.enable(WANTED, older);
        assertThat(pending).hasSize(2).allMatch(Change::isOnlyMark);
        assertThat(SetUpPlan.disable(FILE.parts(), older))
                .filteredOn(Change.Remove.class::isInstance)
                .extracting(Change::part)
                .containsExactlyInAnyOrderElementsOf(older);
    }

    @Test
    void whatAnAdministratorAddedToOurProfileAndPolicyStays() {
        List<Part> extended = WANTED.stream()
                .map(part -> switch (part.kind()) {
                    case CLIENT_PROFILE -> with(part, "executors", "{\"executor\": \"secure-session\"}");
                    case CLIENT_POLICY -> with(part, "profiles", "\"house\"");
                    default -> part;
                })
                .toList();
        assertThat(SetUpPlan.enable(WANTED, extended)).isEmpty();
        List<Change> left = SetUpPlan.disable(FILE.parts(), extended);
        Change profile = of(left, PartKind.CLIENT_PROFILE);
        assertThat(((Change.Update) profile).after().value().findValuesAsText("executor"))
                .contains("secure-session", "pkce-enforcer")
                .doesNotContain("mcp-resource", "mcp-client-guard");
        Change policy = of(left, PartKind.CLIENT_POLICY);
        assertThat(((Change.Update) policy).after().value().path("profiles").findValuesAsText(""))
                .isEmpty();
        assertThat(((Change.Update) policy).after().value().path("conditions")).isEmpty();
    }

    @Test
    void aMissingExecutorIsPutWhereItBelongsBesideThoseOfTheAdministrator() {
        List<Part> older = WANTED.stream()
                .map(part -> {
                    if (part.kind() == PartKind.CLIENT_PROFILE) {
                        Part added = with(part, "executors", "{\"executor\": \"secure-session\"}");
                        added.value().withArray("/executors").remove(0);
                        return added;
                    }
                    return part;
                })
                .toList();
        List<Change> changes = SetUpPlan.enable(WANTED, older);
        assertThat(((Change.Update) changes.get(0)).after().value().findValuesAsText("executor"))
                .containsExactly(
                        "mcp-client-id-metadata-document",
                        "mcp-resource",
                        "pkce-enforcer",
                        "reject-implicit-grant",
                        "secure-session",
                        "mcp-client-guard");
    }

    private static Change of(List<Change> changes, PartKind kind) {
        return changes.stream()
                .filter(change -> change.part().kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private static Part unmarked(Part part) {
        ObjectNode value = part.value().deepCopy();
        if (value.path("attributes") instanceof ObjectNode attributes) {
            attributes.remove("mcp.managed");
        }
        return new Part(part.kind(), part.name(), "o", value);
    }

    private static Part with(Part part, String list, String element) {
        ObjectNode value = part.value().deepCopy();
        value.withArray("/" + list).add(json("{\"it\": " + element + "}").path("it"));
        return new Part(part.kind(), part.name(), "", value);
    }

    private static Part profile(String name, String... executors) {
        ObjectNode profile = json("{\"name\": \"" + name + "\"}");
        for (String executor : executors) {
            profile.withArray("/executors").addObject().put("executor", executor);
        }
        return new Part(PartKind.CLIENT_PROFILE, name, "", profile);
    }

    private static Part policy(String name, String profile) {
        return new Part(
                PartKind.CLIENT_POLICY,
                name,
                "",
                json("{\"name\": \"%s\", \"profiles\": [\"%s\"], \"conditions\": [{\"condition\": \"any-client\"}]}"
                        .formatted(name, profile)));
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) JsonSerialization.mapper.readTree(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
