package io.github.keycloakmcp.platform;

import org.keycloak.models.ClientProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Clients in the database, past Keycloak's cache: for those that no user needs and that would fill it, and where nothing may wait
 * for another request. While one request reads a client into the cache, others that need it wait. If it has no connection to the
 * database by then, and they have all of them, it gets none until they fail.
 */
public final class UncachedClients {

    private static final String DATABASE = "jpa";

    private UncachedClients() {}

    /**
     * The clients that {@code session} has in the database. A search by client identifier takes a connection first and then reads
     * the client from the cache; a search by internal id does not use the cache.
     */
    public static ClientProvider of(KeycloakSession session) {
        return session.getProvider(ClientProvider.class, DATABASE);
    }

    /** The same where marks take connections, else those of the cache, which cost no statement. */
    public static ClientProvider whereMarksTakeConnections(KeycloakSession session) {
        return SharedMarks.takeConnections(session) ? of(session) : session.clients();
    }
}
