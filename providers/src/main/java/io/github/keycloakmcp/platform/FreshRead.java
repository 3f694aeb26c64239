package io.github.keycloakmcp.platform;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Lets a request see what another transaction has just written for it. MariaDB and MySQL let a transaction read the database as
 * it was at the first statement: a client that was made in a transaction of its own would be unknown to the request that goes
 * on. What is in Keycloak's cache, the request takes from there.
 */
public final class FreshRead {

    private FreshRead() {}

    /** The same beforehand, where marks take a connection: {@code session} then needs none for the client. */
    public static void beforeMarks(KeycloakSession session, String clientId) {
        if (SharedMarks.takeConnections(session)) {
            client(session, clientId);
        }
    }

    /** Has a new transaction read a client and its scopes into the cache, from where {@code session} would have read them. */
    public static void client(KeycloakSession session, String clientId) {
        KeycloakModelUtils.runJobInTransaction(session.getKeycloakSessionFactory(), session.getContext(), own -> {
            RealmModel realm = own.getContext().getRealm();
            UncachedClients.whereMarksTakeConnections(own).getClientByClientId(realm, clientId);
            ClientIds.find(realm, clientId).ifPresent(client -> {
                client.getClientScopes(true);
                client.getClientScopes(false);
            });
        });
    }
}
