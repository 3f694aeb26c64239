package io.github.keycloakmcp.registration;

import io.github.keycloakmcp.platform.OwnTransaction;
import io.github.keycloakmcp.platform.UncachedClients;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;

/**
 * Takes the registration access token of its first party from a client that another one shares, when the request of that one has
 * succeeded; until then the claim of {@link RegistrationClaims#share} keeps the token from being used. In the request itself, two
 * that share the same client could wait for each other without end: one for the row in the database, which the other has written,
 * and that one for the cache, which the first is filling.
 */
final class OwnerTokenRemoval extends AbstractKeycloakTransaction {

    private final KeycloakSessionFactory factory;
    private final String realmId;
    private final String clientId;

    OwnerTokenRemoval(KeycloakSession session, ClientModel client) {
        this.factory = session.getKeycloakSessionFactory();
        this.realmId = client.getRealm().getId();
        this.clientId = client.getId();
    }

    @Override
    protected void commitImpl() {
        OwnTransaction.run(factory, this::remove);
    }

    @Override
    protected void rollbackImpl() {}

    private void remove(KeycloakSession session) {
        RealmModel realm = session.realms().getRealm(realmId);
        ClientModel stored = realm == null ? null : UncachedClients.of(session).getClientById(realm, clientId);
        // Any write takes the client out of every node's cache, and this is most of what happens to it.
        if (stored != null && stored.getRegistrationToken() != null) {
            realm.getClientById(clientId).setRegistrationToken(null);
        }
    }
}
