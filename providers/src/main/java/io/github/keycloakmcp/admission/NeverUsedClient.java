package io.github.keycloakmcp.admission;

import java.util.Optional;

import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.platform.UncachedClients;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * A self-registered client that may make room for another one: without use, session and consent, and with nothing that only
 * an administrator can have done to it.
 */
final class NeverUsedClient {

    private final KeycloakSession session;
    private final RealmModel realm;

    NeverUsedClient(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /** The client with the internal id, if it is one of these. */
    Optional<ClientModel> find(String id) {
        return Optional.ofNullable(UncachedClients.of(session).getClientById(realm, id))
                .filter(this::isNeverUsed);
    }

    private boolean isNeverUsed(ClientModel client) {
        return client.getAttribute(ClientAttributes.REGISTERED) != null
                && client.getAttribute(ClientAttributes.LAST_USED) == null
                && client.getAttribute(ClientAttributes.ADMINISTERED) == null
                && client.isEnabled()
                && client.getProtocolMappersStream().findAny().isEmpty()
                && client.getScopeMappingsStream().findAny().isEmpty()
                && client.getRolesStream(0, 1).findAny().isEmpty()
                && session.sessions().getActiveUserSessions(realm, client) == 0
                && session.sessions().getOfflineSessionsCount(realm, client) == 0
                && !new SelfRegisteredClients(session, realm).haveConsent(client.getId());
    }
}
