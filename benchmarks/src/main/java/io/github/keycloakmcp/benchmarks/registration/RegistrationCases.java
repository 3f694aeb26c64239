package io.github.keycloakmcp.benchmarks.registration;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.benchmarks.Case;
import io.github.keycloakmcp.benchmarks.Size;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.cost.RealmWithout;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.McpRealm;

/**
 * What a registration costs. The server without the extension has Keycloak's own policies, set so that the same clients may
 * register. The limits of both are on, and so high that none is reached. What has been registered is removed after each
 * measurement, because both limits count the clients of the realm each time.
 */
public final class RegistrationCases {

    private static final Size SMALL = new Size(1, 100);
    private static final Size MANY_CLIENTS = new Size(1, 10_000);
    private static final int REQUESTS = 120;
    private static final List<String> HIGH = List.of("1000000");

    /** All cases. */
    public static final List<Case> ALL = List.of(
            new Registration("new public client", SMALL, false, RegistrationCases::unheardOf),
            new Registration(
                    "new confidential client", SMALL, false, () -> unheardOf().confidential()),
            new Registration("same public client again", SMALL, true, () -> ClientMetadata.named("Client")),
            new Registration("new public client", MANY_CLIENTS, false, RegistrationCases::unheardOf),
            new Registration("same public client again", MANY_CLIENTS, true, () -> ClientMetadata.named("Client")));

    private RegistrationCases() {}

    private static ClientMetadata unheardOf() {
        return ClientMetadata.unique("Client");
    }

    private record Registration(String name, Size size, boolean again, Supplier<ClientMetadata> client)
            implements Case {

        @Override
        public int requests() {
            return REQUESTS;
        }

        @Override
        public Connection connect(McpRealm realm, boolean product) {
            openTo(realm, product);
            McpClient endpoint = McpClient.of(realm);
            Set<String> kept = again ? Set.of(endpoint.register(client.get()).clientId()) : Set.of();
            return new Registering(realm, endpoint, client, kept, new HashSet<>());
        }
    }

    /**
     * One party that registers.
     *
     * @param kept clients that were there before the measurement
     * @param added clients that have been there since
     */
    private record Registering(
            McpRealm realm, McpClient endpoint, Supplier<ClientMetadata> client, Set<String> kept, Set<String> added)
            implements Case.Connection {

        @Override
        public void send() {
            added.add(endpoint.register(client.get()).clientId());
        }

        @Override
        public void tidy() {
            added.removeAll(kept);
            added.forEach(realm.clients()::delete);
            added.clear();
        }
    }

    /** Lets clients register, with limits that are never reached. */
    public static void openTo(McpRealm realm, boolean product) {
        if (product) {
            raiseOurLimits(realm);
        } else {
            RealmWithout.openRegistration(realm);
        }
    }

    private static void raiseOurLimits(McpRealm realm) {
        for (JsonNode policy : realm.components("mcp-client-registration")) {
            realm.edit("/components/" + policy.path("id").asText(), component -> {
                for (String limit : List.of("max-clients", "registrations-per-sender", "registrations-per-realm")) {
                    component.withObject("/config").set(limit, Json.tree(HIGH));
                }
            });
        }
    }
}
