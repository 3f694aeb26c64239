package io.github.keycloakmcp.registration;

import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;

/**
 * Settles who comes first where two requests about one client overlap, on whichever node of a cluster each runs. A
 * database sees only what is committed, so two requests that overlap could both find what allows them to go on. A claim
 * is seen at once by all, and outlives the longest request.
 */
final class RegistrationClaims {

    private static final long SECONDS = 60;

    private final SingleUseObjectProvider objects;

    RegistrationClaims(KeycloakSession session) {
        this.objects = session.singleUseObjects();
    }

    /** Claims to be the one that creates the client {@code id}. */
    boolean first(String id) {
        return objects.putIfAbsent("mcp-first:" + id, SECONDS);
    }

    /** Claims to hand {@code client} to one more party; fails while its owner changes it. */
    boolean share(ClientModel client) {
        objects.putIfAbsent(shared(client), SECONDS);
        return !objects.contains(managed(client));
    }

    /** Claims to change or remove {@code client} as its owner; fails while it is handed to another party. */
    boolean manage(ClientModel client) {
        objects.putIfAbsent(managed(client), SECONDS);
        return !objects.contains(shared(client));
    }

    /** Claims to be the one that removes {@code client}: the database fails for the second of two at once. */
    boolean remove(ClientModel client) {
        return objects.putIfAbsent("mcp-removed:" + client.getId(), SECONDS);
    }

    private static String shared(ClientModel client) {
        return "mcp-shared:" + client.getId();
    }

    private static String managed(ClientModel client) {
        return "mcp-managed:" + client.getId();
    }
}
