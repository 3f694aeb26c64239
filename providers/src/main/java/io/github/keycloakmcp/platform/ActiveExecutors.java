package io.github.keycloakmcp.platform;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientpolicy.ClientPolicyManager;
import org.keycloak.util.JsonSerialization;

/**
 * The executors that the client policies of a realm run, as it is now. Keycloak runs them when their event comes; what
 * answers before that, an endpoint or the realm's metadata, has to know them earlier. Keycloak parses the policies at each
 * reading; here they are read once per text of them.
 *
 * @param policies what Admin REST shows as client policies
 * @param profiles what Admin REST shows as client profiles
 */
public record ActiveExecutors(JsonNode policies, JsonNode profiles) {

    private static final ReadOnce<List<String>, ActiveExecutors> KNOWN = new ReadOnce<>();

    /** Those of the realm that {@code session} works in. */
    public static ActiveExecutors in(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        List<String> texts = Stream.of(Constants.CLIENT_POLICIES, Constants.CLIENT_PROFILES)
                .map(realm::getAttribute)
                .map(text -> text == null ? "" : text)
                .toList();
        return KNOWN.find(texts).orElseGet(() -> KNOWN.keep(texts, read(session.clientPolicy(), realm)));
    }

    private static ActiveExecutors read(ClientPolicyManager manager, RealmModel realm) {
        try {
            return new ActiveExecutors(
                    JsonSerialization.mapper.valueToTree(manager.getClientPolicies(realm, true)),
                    JsonSerialization.mapper.valueToTree(manager.getClientProfiles(realm, true)));
        } catch (ClientPolicyException e) {
            throw new IllegalStateException("the client policies of realm " + realm.getName() + " cannot be read", e);
        }
    }

    /** Tells whether an enabled client policy uses a profile with the executor. */
    public boolean contain(String id) {
        return configuration(id).isPresent();
    }

    /** The ids of all of them. */
    public List<String> ids() {
        return executors()
                .map(executor -> executor.path("executor").asText())
                .distinct()
                .sorted()
                .toList();
    }

    /** The configuration of the executor, if an enabled client policy uses a profile with it. */
    public Optional<Map<String, Object>> configuration(String id) {
        return executors()
                .filter(executor -> id.equals(executor.path("executor").asText()))
                .findFirst()
                .map(executor -> values(executor.path("configuration")));
    }

    /** The enabled client policies that use a profile with the executor, in the order in which Keycloak applies them. */
    public List<JsonNode> policiesWith(String id) {
        Set<String> named = allProfiles()
                .filter(profile -> elements(profile.path("executors"))
                        .anyMatch(
                                executor -> id.equals(executor.path("executor").asText())))
                .map(profile -> profile.path("name").asText())
                .collect(Collectors.toUnmodifiableSet());
        return enabledPolicies()
                .filter(policy ->
                        elements(policy.path("profiles")).map(JsonNode::asText).anyMatch(named::contains))
                .toList();
    }

    private Stream<JsonNode> executors() {
        Set<String> used = enabledPolicies()
                .flatMap(policy -> elements(policy.path("profiles")))
                .map(JsonNode::asText)
                .collect(Collectors.toUnmodifiableSet());
        return allProfiles()
                .filter(profile -> used.contains(profile.path("name").asText()))
                .flatMap(profile -> elements(profile.path("executors")));
    }

    private Stream<JsonNode> enabledPolicies() {
        return Stream.of(policies.path("globalPolicies"), policies.path("policies"))
                .flatMap(ActiveExecutors::elements)
                .filter(policy -> policy.path("enabled").asBoolean());
    }

    private Stream<JsonNode> allProfiles() {
        return Stream.of(profiles.path("profiles"), profiles.path("globalProfiles"))
                .flatMap(ActiveExecutors::elements);
    }

    private static Map<String, Object> values(JsonNode configuration) {
        return configuration.isObject()
                ? JsonSerialization.mapper.convertValue(configuration, new TypeReference<>() {})
                : Map.of();
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
