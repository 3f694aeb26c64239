package io.github.keycloakmcp.admission;

import java.util.Optional;

import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.platform.McpLog;
import io.github.keycloakmcp.platform.McpMetrics;
import org.keycloak.common.util.Time;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.managers.ClientManager;
import org.keycloak.services.managers.RealmManager;

/**
 * Removes the oldest clients that were never used, once the client that needs their place is stored: after the request, in
 * transactions of its own, so that a removal that fails fails no registration.
 */
final class NeverUsedRemoval extends AbstractKeycloakTransaction {

    /** Most clients that one newcomer removes, so that a limit that was lowered costs no single request much. */
    private static final long MOST = 2;

    /** Most clients that are looked at, where many of them turn out to be in use. */
    private static final int TRIES = 20;

    /** Keeps two nodes from removing the same client. */
    private static final int CLAIM_SECONDS = 60;

    /** The id of Keycloak's provider behind the cache, which clients that nobody uses would fill. */
    private static final String DATABASE = "jpa";

    private final KeycloakSessionFactory factory;
    private final String realmId;
    private final CountedClients counted;
    private final long surplus;

    NeverUsedRemoval(KeycloakSession session, CountedClients counted, long surplus) {
        this.factory = session.getKeycloakSessionFactory();
        this.realmId = session.getContext().getRealm().getId();
        this.counted = counted;
        this.surplus = surplus;
    }

    @Override
    protected void commitImpl() {
        long left = Math.min(surplus, MOST);
        for (int tried = 0; tried < TRIES && left > 0; tried++) {
            Optional<String> candidate = counted.nextCandidate(Time.currentTime());
            if (candidate.isEmpty()) {
                return;
            }
            left -= remove(candidate.get()) ? 1 : 0;
        }
    }

    /** The newcomer was refused after all. */
    @Override
    protected void rollbackImpl() {
        counted.less();
    }

    private boolean remove(String id) {
        try {
            boolean removed = KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> remove(session, id));
            if (removed) {
                counted.less();
            }
            return removed;
        } catch (RuntimeException e) {
            McpLog.notRemoved(id, e);
            return false;
        }
    }

    private boolean remove(KeycloakSession session, String id) {
        RealmModel realm = session.realms().getRealm(realmId);
        if (realm == null || !session.singleUseObjects().putIfAbsent("mcp-room:" + id, CLAIM_SECONDS)) {
            return false;
        }
        session.getContext().setRealm(realm);
        ClientModel client = session.getProvider(ClientProvider.class, DATABASE).getClientById(realm, id);
        if (client == null || !isNeverUsed(session, realm, client)) {
            return false;
        }
        EventBuilder event = new EventBuilder(realm, session)
                .event(EventType.CLIENT_DELETE)
                .client(client.getClientId())
                .detail(Details.REASON, "never used, removed for a newer client (setting max-clients)");
        if (!new ClientManager(new RealmManager(session)).removeClient(realm, client)) {
            return false;
        }
        event.success();
        McpMetrics.removed(realm.getName(), 1);
        return true;
    }

    /** No use, no session, no consent, and nothing that only an administrator can have done. */
    private static boolean isNeverUsed(KeycloakSession session, RealmModel realm, ClientModel client) {
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
