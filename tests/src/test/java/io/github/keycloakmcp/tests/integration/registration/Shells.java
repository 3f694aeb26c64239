package io.github.keycloakmcp.tests.integration.registration;

import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakServer;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.RealmTemplate;
import io.github.keycloakmcp.tests.server.TestSettings;

/**
 * Realms that differ only in which of the two shells judges clients: the shipped one with both, one with the
 * registration policy only, one with the client policy executor only. Keycloak's own policy about mappers is left out of
 * all three: policies run in no fixed order, and ours has to hold without it. One that allows everything takes its place,
 * because Keycloak adds its default policies to a realm that has none.
 */
record Shells(McpRealm both, McpRealm policy, McpRealm executor) implements AutoCloseable {

    private static final String POLICIES = "org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy";

    private static final ObjectNode HARMLESS = Json.parseObject("{\"max-clients\": [\"100000\"]}");

    static Shells create(KeycloakServer server, Map<String, String> variables) {
        ObjectNode shipped =
                RealmTemplate.read(TestSettings.realmConfig(), true).resolved(variables);
        String name = "shells-" + Long.toString(System.nanoTime() & 0xffffff, 36);
        for (JsonNode policy : policies(shipped)) {
            if (policy.path("providerId").asText().equals("allowed-protocol-mappers")) {
                ((ObjectNode) policy).put("providerId", "max-clients").set("config", HARMLESS);
            }
        }
        return new Shells(
                McpRealm.create(server, shipped, name + "-both"),
                McpRealm.create(server, withoutExecutor(shipped), name + "-policy"),
                McpRealm.create(server, withoutPolicy(shipped), name + "-executor"));
    }

    /** One more realm as it is shipped. */
    static McpRealm shipped(KeycloakServer server, String name) {
        return McpRealm.create(
                server, RealmTemplate.read(TestSettings.realmConfig(), true).resolved(Map.of()), name);
    }

    /** Every realm. */
    List<McpRealm> all() {
        return List.of(both, policy, executor);
    }

    private static ObjectNode withoutExecutor(ObjectNode shipped) {
        ObjectNode realm = shipped.deepCopy();
        ArrayNode executors = (ArrayNode) realm.at("/clientProfiles/profiles/0/executors");
        remove(executors, "executor", "mcp-client-guard");
        return realm;
    }

    /** Without our policies, whose settings move to the executor. */
    private static ObjectNode withoutPolicy(ObjectNode shipped) {
        ObjectNode realm = shipped.deepCopy();
        JsonNode settings = remove(policies(realm), "providerId", "mcp-client-registration");
        ArrayNode executors = (ArrayNode) realm.at("/clientProfiles/profiles/0/executors");
        ObjectNode guard = (ObjectNode) element(executors, "executor", "mcp-client-guard");
        guard.set("configuration", settings.path("config"));
        return realm;
    }

    private static ArrayNode policies(ObjectNode realm) {
        return (ArrayNode) realm.path("components").path(POLICIES);
    }

    /** Removes all elements with a member of this value, and returns the first of them. */
    private static JsonNode remove(ArrayNode array, String member, String value) {
        JsonNode first = element(array, member, value);
        for (int i = array.size() - 1; i >= 0; i--) {
            if (array.get(i).path(member).asText().equals(value)) {
                array.remove(i);
            }
        }
        return first;
    }

    private static JsonNode element(ArrayNode array, String member, String value) {
        return StreamSupport.stream(array.spliterator(), false)
                .filter(element -> element.path(member).asText().equals(value))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the realm file has no " + value));
    }

    @Override
    public void close() {
        all().forEach(McpRealm::close);
    }
}
