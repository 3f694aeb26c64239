package io.github.keycloakmcp.tests.cost;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.McpRealm;

/** The realm that the shipped one is compared with: the same without this extension, with what Keycloak has instead. */
public final class RealmWithout {

    private static final Map<String, Map<String, List<String>>> KEYCLOAKS_OWN = Map.of(
            "trusted-hosts",
                    Map.of(
                            "host-sending-registration-request-must-match", List.of("false"),
                            "client-uris-must-match", List.of("true"),
                            "trusted-hosts", List.of("127.0.0.1", "localhost")),
            "allowed-client-templates", Map.of("allow-default-scopes", List.of("true")),
            "max-clients", Map.of("max-clients", List.of("1000000")),
            "consent-required", Map.of(),
            "scope", Map.of());

    private RealmWithout() {}

    /** The shipped realm without this extension's parts; every token has one audience. */
    public static ObjectNode product(ObjectNode shipped, String audience) {
        ObjectNode realm = shipped.deepCopy();
        realm.remove("loginTheme");
        removeOurs(realm.withArray("requiredActions"), "providerId");
        for (JsonNode profile : realm.path("clientProfiles").path("profiles")) {
            removeOurs((ArrayNode) profile.path("executors"), "executor");
        }
        realm.path("components").forEach(components -> removeOurs((ArrayNode) components, "providerId"));
        for (JsonNode scope : realm.path("clientScopes")) {
            for (JsonNode mapper : scope.path("protocolMappers")) {
                if (mapper.path("protocolMapper").asText().equals("mcp-resource-audience")) {
                    ((ObjectNode) mapper)
                            .put("protocolMapper", "oidc-audience-mapper")
                            .set(
                                    "config",
                                    Json.tree(Map.of(
                                            "included.custom.audience", audience, "access.token.claim", "true")));
                }
            }
        }
        return realm;
    }

    private static void removeOurs(ArrayNode providers, String member) {
        for (int i = providers.size() - 1; i >= 0; i--) {
            if (providers.path(i).path(member).asText().startsWith("mcp-")) {
                providers.remove(i);
            }
        }
    }

    /** Lets the same clients register, by Keycloak's own policies; their limit is never reached. */
    public static void openRegistration(McpRealm realm) {
        String parent = realm.representation().path("id").asText();
        KEYCLOAKS_OWN.forEach((provider, config) -> {
            if (realm.components(provider).isEmpty()) {
                AdminApi.succeeded(
                        "POST",
                        "/components",
                        realm.post(
                                "/components",
                                Json.tree(Map.of(
                                        "name", provider,
                                        "providerId", provider,
                                        "providerType",
                                                "org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy",
                                        "parentId", parent,
                                        "subType", "anonymous",
                                        "config", config))));
            }
        });
    }
}
