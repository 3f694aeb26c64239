package io.github.keycloakmcp.registration;

import org.keycloak.models.ClientModel;

/**
 * Leaves Keycloak's registration at the point where every policy has agreed and the client would be created, because
 * the client is there already. Keycloak has no other way out of there.
 */
final class AlreadyRegistered extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ClientModel client;

    AlreadyRegistered(ClientModel client) {
        super(client.getClientId(), null, false, false);
        this.client = client;
    }

    ClientModel client() {
        return client;
    }
}
