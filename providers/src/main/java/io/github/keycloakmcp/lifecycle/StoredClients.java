package io.github.keycloakmcp.lifecycle;

import java.util.List;
import java.util.Optional;

import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * The clients of a realm as the database has them. Read through Keycloak's cache, a clean-up would push out the clients
 * that are in use for unused ones, and with ten times the queries; and what another node wrote a moment ago
 * would be missing.
 */
final class StoredClients {

    /** The id of Keycloak's provider behind the cache. */
    private static final String DATABASE = "jpa";

    private final ClientProvider clients;
    private final RealmModel realm;

    StoredClients(KeycloakSession session) {
        this.clients = session.getProvider(ClientProvider.class, DATABASE);
        this.realm = session.getContext().getRealm();
    }

    /** A page of internal ids, in the order of client ids; one query. */
    List<String> ids(int first, int max) {
        return clients.getClientsStream(realm, first, max)
                .map(ClientModel::getId)
                .toList();
    }

    Optional<ClientModel> find(String id) {
        return Optional.ofNullable(clients.getClientById(realm, id));
    }
}
