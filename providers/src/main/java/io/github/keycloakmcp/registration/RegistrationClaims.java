package io.github.keycloakmcp.registration;

import io.github.keycloakmcp.platform.SharedMarks;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * Settles who comes first where two requests about one client overlap, on whichever node of a cluster each runs. A
 * database sees only what is committed, so two requests that overlap could both find what allows them to go on. A claim
 * is seen at once by all, and outlives the longest request.
 */
final class RegistrationClaims {

    private static final long SECONDS = 60;

    private final SharedMarks marks;

    RegistrationClaims(KeycloakSession session) {
        this.marks = new SharedMarks(session);
    }

    /** Claims to be the one that creates the client {@code id}; one that fails leaves that to the next. */
    boolean first(String id) {
        return marks.putForSuccess("mcp-first:" + id, SECONDS);
    }

    /** Claims to hand the client with this internal id to one more party; fails while its owner changes it. */
    boolean share(String id) {
        marks.putIfAbsent(shared(id), SECONDS);
        return !marks.contains(managed(id));
    }

    /** Claims to change or remove {@code client} as its owner; fails while it is handed to another party. */
    boolean manage(ClientModel client) {
        marks.putIfAbsent(managed(client.getId()), SECONDS);
        return !marks.contains(shared(client.getId()));
    }

    /** Claims to be the one that removes {@code client}: the database fails for the second of two at once. */
    boolean remove(ClientModel client) {
        return marks.putForSuccess("mcp-removed:" + client.getId(), SECONDS);
    }

    private static String shared(String id) {
        return "mcp-shared:" + id;
    }

    private static String managed(String id) {
        return "mcp-managed:" + id;
    }
}
