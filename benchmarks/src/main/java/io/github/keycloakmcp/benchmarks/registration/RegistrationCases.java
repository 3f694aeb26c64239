package io.github.keycloakmcp.benchmarks.registration;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

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
 * register; on both sides nothing limits how many.
 */
public final class RegistrationCases {

    private static final Size SMALL = new Size(1, 100);
    private static final int REQUESTS = 240;

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

    /** All cases. */
    public static final List<Case> ALL = List.of(
            new Registration("new public client", metadata -> metadata),
            new Registration("new confidential client", ClientMetadata::confidential));

    private RegistrationCases() {}

    private record Registration(String name, UnaryOperator<ClientMetadata> kind) implements Case {

        @Override
        public Size size() {
            return SMALL;
        }

        @Override
        public int requests() {
            return REQUESTS;
        }

        @Override
        public Runnable connect(McpRealm realm, boolean product) {
            open(realm, product);
            McpClient client = McpClient.of(realm);
            return () -> client.register(kind.apply(ClientMetadata.named("Client " + UUID.randomUUID())))
                    .expect(201);
        }
    }

    /** Lets as many clients register as a measurement wants. */
    private static synchronized void open(McpRealm realm, boolean product) {
        if (product) {
            for (JsonNode policy : realm.components("mcp-client-registration")) {
                realm.edit("/components/" + policy.path("id").asText(), component -> {
                    for (String limit : List.of("max-clients", "registrations-per-sender", "registrations-per-realm")) {
                        component.withObject("/config").set(limit, Json.tree(List.of("0")));
                    }
                });
            }
            return;
        }
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
