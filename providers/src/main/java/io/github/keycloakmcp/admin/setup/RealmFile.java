package io.github.keycloakmcp.admin.setup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.platform.ManagedMark;
import io.github.keycloakmcp.platform.ProviderIds;
import org.keycloak.util.JsonSerialization;

/**
 * What an enabled realm looks like: the parts of {@code mcp-realm.json} that are ours. Set-up has no list of its own, so a
 * realm that was enabled and a realm that was imported cannot drift apart.
 */
final class RealmFile {

    /** The member of the realm that names the theme of its login pages, the consent page among them. */
    static final String THEME = "loginTheme";

    private static final String POLICIES = "org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy";

    private static final RealmFile PACKED = new RealmFile(load(), Managed.NAME);

    private final List<Part> parts;
    private final List<SetUpMember> members;

    private RealmFile(JsonNode realm, String name) {
        List<Part> found = new ArrayList<>();
        found.add(Part.wanted(PartKind.MARK, ManagedMark.ATTRIBUTE, mark(name)));
        scopes(realm).forEach(scope -> {
            found.add(Part.wanted(PartKind.CLIENT_SCOPE, name(scope), without(scope, "protocolMappers")));
            mappers(scope)
                    .forEach(mapper -> found.add(Part.wanted(PartKind.PROTOCOL_MAPPER, name(scope), object(mapper))));
        });
        named(realm.path("clientProfiles").path("profiles"))
                .forEach(profile -> found.add(Part.wanted(
                        PartKind.CLIENT_PROFILE, name, profile.deepCopy().put("name", name))));
        named(realm.path("clientPolicies").path("policies"))
                .forEach(policy -> found.add(Part.wanted(PartKind.CLIENT_POLICY, name, forMcpClients(policy, name))));
        JsonMerge.elements(realm.path("components").path(POLICIES))
                .filter(policy -> ProviderIds.CLIENT_REGISTRATION.equals(
                        policy.path("providerId").asText()))
                .forEach(policy -> found.add(Part.wanted(
                        PartKind.REGISTRATION_POLICY,
                        policy.path("subType").asText() + "/"
                                + policy.path("providerId").asText(),
                        object(policy))));
        JsonMerge.elements(realm.path("requiredActions"))
                .filter(action ->
                        ProviderIds.CONSENT.equals(action.path("providerId").asText()))
                .forEach(action -> found.add(Part.wanted(
                        PartKind.REQUIRED_ACTION, action.path("alias").asText(), object(action))));
        if (realm.has(THEME)) {
            found.add(Part.wanted(
                    PartKind.LOGIN_THEME, THEME, theme(realm.path(THEME).asText())));
        }
        parts = List.copyOf(found);
        members = SetUpMember.in(parts);
    }

    /** The file in the jar. */
    static RealmFile packed() {
        return PACKED;
    }

    /** The parts of ours, with their placeholders. */
    List<Part> parts() {
        return parts;
    }

    /** What can be chosen. */
    List<SetUpMember> members() {
        return members;
    }

    /** The same with another name for the profile and the policy, where an administrator's own have theirs. */
    static RealmFile named(String name) {
        return name.equals(Managed.NAME) ? PACKED : new RealmFile(load(), name);
    }

    static ObjectNode mark(String name) {
        return JsonSerialization.mapper.createObjectNode().put(ManagedMark.ATTRIBUTE, name);
    }

    static ObjectNode theme(String name) {
        return JsonSerialization.mapper.createObjectNode().put(THEME, name);
    }

    private static Stream<ObjectNode> scopes(JsonNode realm) {
        return JsonMerge.elements(realm.path("clientScopes"))
                .filter(scope -> mappers(scope).findAny().isPresent())
                .map(RealmFile::object);
    }

    private static Stream<JsonNode> mappers(JsonNode scope) {
        return JsonMerge.elements(scope.path("protocolMappers"))
                .filter(mapper -> ProviderIds.RESOURCE_AUDIENCE.equals(
                        mapper.path("protocolMapper").asText()));
    }

    private static Stream<ObjectNode> named(JsonNode array) {
        return JsonMerge.elements(array)
                .filter(element -> Managed.NAME.equals(name(element)))
                .map(RealmFile::object);
    }

    /** In a realm that has other clients, their logins must go on as before. */
    private static ObjectNode forMcpClients(ObjectNode policy, String name) {
        ObjectNode narrowed = policy.deepCopy().put("name", name);
        narrowed.putArray("profiles").add(name);
        narrowed.putArray("conditions")
                .addObject()
                .put("condition", ProviderIds.CLIENT_CONDITION)
                .putObject("configuration");
        return narrowed;
    }

    private static ObjectNode without(ObjectNode object, String member) {
        ObjectNode rest = object.deepCopy();
        rest.remove(member);
        return rest;
    }

    private static String name(JsonNode element) {
        return element.path("name").asText();
    }

    private static ObjectNode object(JsonNode node) {
        return (ObjectNode) node;
    }

    private static JsonNode load() {
        try (InputStream file = Objects.requireNonNull(RealmFile.class.getResourceAsStream("mcp-realm.json"))) {
            return JsonSerialization.mapper.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the jar is damaged: mcp-realm.json cannot be read", e);
        }
    }
}
