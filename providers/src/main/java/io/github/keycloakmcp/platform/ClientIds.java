package io.github.keycloakmcp.platform;

import java.util.Optional;

import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;

/** Client identifiers as strangers write them. */
public final class ClientIds {

    private static final char NUL = 0;

    private ClientIds() {}

    /**
     * Tells whether there can be a client with the identifier. No text in PostgreSQL has a NUL, and asking it for one ends as
     * a server error; other databases just find nothing.
     */
    public static boolean isPossible(String id) {
        return id.indexOf(NUL) < 0;
    }

    /**
     * Returns the client with exactly this identifier. MariaDB, MySQL and SQL Server compare texts without regard to case and to
     * blanks at the end, unless they are told otherwise: Keycloak then finds a client with another identifier, and what one party
     * writes would change the client of another.
     */
    public static Optional<ClientModel> find(RealmModel realm, String id) {
        return Optional.ofNullable(realm.getClientByClientId(id)).filter(client -> isExact(client, id));
    }

    /** Tells whether a client that was looked up by {@code id} has this identifier, and not one that the database takes for it. */
    public static boolean isExact(ClientModel client, String id) {
        return id.equals(client.getClientId());
    }
}
