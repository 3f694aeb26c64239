package io.github.keycloakmcp.registration;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.platform.ProviderIds;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientpolicy.ClientPolicyManager;
import org.keycloak.util.JsonSerialization;

/**
 * Finds our executor in the client policies of a realm. Keycloak runs it when it decides about a client; the endpoint
 * has to know earlier, to read the request as RFC 7591 says and to let a browser see the answer.
 */
final class ActiveGuard {

    private ActiveGuard() {}

    /** The configuration of the executor, if an enabled client policy uses a profile with it. */
    static Optional<Map<String, Object>> configuration(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        ClientPolicyManager manager = session.clientPolicy();
        try {
            JsonNode policies = JsonSerialization.mapper.valueToTree(manager.getClientPolicies(realm, true));
            JsonNode profiles = JsonSerialization.mapper.valueToTree(manager.getClientProfiles(realm, true));
            return find(policies, profiles);
        } catch (ClientPolicyException e) {
            throw new IllegalStateException("the client policies of realm " + realm.getName() + " cannot be read", e);
        }
    }

    /** The same, from what Admin REST shows as client policies and client profiles. */
    static Optional<Map<String, Object>> find(JsonNode policies, JsonNode profiles) {
        Set<String> used = Stream.of(policies.path("policies"), policies.path("globalPolicies"))
                .flatMap(ActiveGuard::elements)
                .filter(policy -> policy.path("enabled").asBoolean())
                .flatMap(policy -> elements(policy.path("profiles")))
                .map(JsonNode::asText)
                .collect(Collectors.toUnmodifiableSet());
        return Stream.of(profiles.path("profiles"), profiles.path("globalProfiles"))
                .flatMap(ActiveGuard::elements)
                .filter(profile -> used.contains(profile.path("name").asText()))
                .flatMap(profile -> elements(profile.path("executors")))
                .filter(executor -> ProviderIds.CLIENT_GUARD.equals(
                        executor.path("executor").asText()))
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
