package io.github.keycloakmcp.benchmarks.registration;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.benchmarks.Case;
import io.github.keycloakmcp.benchmarks.Size;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.McpRealm;

/**
 * What a registration costs. The server without the extension has Keycloak's own policies, set so that the same clients may
 * register. Either nothing limits how many on both sides, or the limits of both are on and so high that none is reached:
 * Keycloak's counts all clients of the realm each time, which would hide what the rest costs.
 */
public final class RegistrationCases {

    private static final Size SMALL = new Size(1, 100);
    private static final Size LIMITED = new Size(1, 1_000);
    private static final int REQUESTS = 240;
    private static final String NONE = "0";
    private static final String HIGH = "1000000";

    private static final Map<String, Map<String, List<String>>> KEYCLOAKS_OWN = Map.of(
            "trusted-hosts",
                    Map.of(
                            "host-sending-registration-request-must-match", List.of("false"),
                            "client-uris-must-match", List.of("true"),
                            "trusted-hosts", List.of("127.0.0.1", "localhost")),
            "allowed-client-templates", Map.of("allow-default-scopes", List.of("true")),
            "consent-required", Map.of(),
            "scope", Map.of());

    private static final Map<String, Map<String, List<String>>> KEYCLOAKS_LIMIT =
            Map.of("max-clients", Map.of("max-clients", List.of(HIGH)));

    /** All cases. */
    public static final List<Case> ALL = List.of(
            new Registration("new public client", SMALL, NONE, RegistrationCases::unheardOf),
            new Registration(
                    "new confidential client", SMALL, NONE, () -> unheardOf().confidential()),
            new Registration("same public client again", SMALL, NONE, () -> ClientMetadata.named("Client")),
            new Registration("new public client, limits on", LIMITED, HIGH, RegistrationCases::unheardOf));

    private RegistrationCases() {}

    private static ClientMetadata unheardOf() {
        return ClientMetadata.unique("Client");
    }

    private record Registration(String name, Size size, String limit, Supplier<ClientMetadata> client) implements Case {

        @Override
        public int requests() {
            return REQUESTS;
        }

        @Override
        public Runnable connect(McpRealm realm, boolean product) {
            if (product) {
                limitOurs(realm, limit);
            } else {
                addKeycloaks(realm, KEYCLOAKS_OWN);
                addKeycloaks(realm, limit.equals(NONE) ? Map.of() : KEYCLOAKS_LIMIT);
            }
            McpClient connection = McpClient.of(realm);
            return () -> connection.register(client.get()).expect(201);
        }
    }

    private static void limitOurs(McpRealm realm, String limit) {
        for (JsonNode policy : realm.components("mcp-client-registration")) {
            realm.edit("/components/" + policy.path("id").asText(), component -> {
                for (String setting : List.of("max-clients", "registrations-per-sender", "registrations-per-realm")) {
                    component.withObject("/config").set(setting, Json.tree(List.of(limit)));
                }
            });
        }
    }

    private static void addKeycloaks(McpRealm realm, Map<String, Map<String, List<String>>> policies) {
        String parent = realm.representation().path("id").asText();
        policies.forEach((provider, config) -> {
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
