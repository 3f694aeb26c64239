package io.github.keycloakmcp.platform;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientpolicy.ClientPolicyManager;
import org.keycloak.util.JsonSerialization;

/**
 * Finds an executor of ours in the client policies of a realm. Keycloak runs it when its event comes; what answers before
 * that, an endpoint or the realm's metadata, has to know it earlier.
 */
public final class ActiveExecutor {

    private ActiveExecutor() {}

    /** Tells whether an enabled client policy uses a profile with the executor. */
    public static boolean isActive(KeycloakSession session, String id) {
        return configuration(session, id).isPresent();
    }

    /** The configuration of the executor, if an enabled client policy uses a profile with it. */
    public static Optional<Map<String, Object>> configuration(KeycloakSession session, String id) {
        RealmModel realm = session.getContext().getRealm();
        ClientPolicyManager manager = session.clientPolicy();
        try {
            JsonNode policies = JsonSerialization.mapper.valueToTree(manager.getClientPolicies(realm, true));
            JsonNode profiles = JsonSerialization.mapper.valueToTree(manager.getClientProfiles(realm, true));
            return find(id, policies, profiles);
        } catch (ClientPolicyException e) {
            throw new IllegalStateException("the client policies of realm " + realm.getName() + " cannot be read", e);
        }
    }

    /** The same, from what Admin REST shows as client policies and client profiles. */
    static Optional<Map<String, Object>> find(String id, JsonNode policies, JsonNode profiles) {
        Set<String> used = Stream.of(policies.path("policies"), policies.path("globalPolicies"))
                .flatMap(ActiveExecutor::elements)
                .filter(policy -> policy.path("enabled").asBoolean())
                .flatMap(policy -> elements(policy.path("profiles")))
                .map(JsonNode::asText)
                .collect(Collectors.toUnmodifiableSet());
        return Stream.of(profiles.path("profiles"), profiles.path("globalProfiles"))
                .flatMap(ActiveExecutor::elements)
                .filter(profile -> used.contains(profile.path("name").asText()))
                .flatMap(profile -> elements(profile.path("executors")))
                .filter(executor -> id.equals(executor.path("executor").asText()))
                .findFirst()
                .map(executor -> values(executor.path("configuration")));
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
