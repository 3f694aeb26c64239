package io.github.keycloakmcp.admission;

import java.util.List;
import java.util.Optional;

import io.github.keycloakmcp.platform.McpLog;
import io.github.keycloakmcp.platform.McpMetrics;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.managers.ClientManager;
import org.keycloak.services.managers.RealmManager;

/**
 * What follows when a newcomer is stored, or refused after all: it is counted, and the oldest clients that were never used are
 * removed where it needs their place. This happens after the request, in transactions of its own, so that a removal that fails
 * fails no registration.
 */
final class NeverUsedRemoval extends AbstractKeycloakTransaction {

    /** Keeps two nodes from removing the same client. */
    private static final int CLAIM_SECONDS = 60;

    private final KeycloakSessionFactory factory;
    private final String realmId;
    private final CountedClients counted;
    private final List<String> chosen;

    NeverUsedRemoval(KeycloakSession session, CountedClients counted, List<String> chosen) {
        this.factory = session.getKeycloakSessionFactory();
        this.realmId = session.getContext().getRealm().getId();
        this.counted = counted;
        this.chosen = List.copyOf(chosen);
    }

    @Override
    protected void commitImpl() {
        counted.stored();
        chosen.forEach(this::remove);
    }

    /** The newcomer was refused after all. */
    @Override
    protected void rollbackImpl() {
        counted.refused();
    }

    private void remove(String id) {
        try {
            if (KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> remove(session, id))) {
                counted.removed();
            }
        } catch (RuntimeException e) {
            McpLog.notRemoved(id, e);
        }
    }

    private boolean remove(KeycloakSession session, String id) {
        RealmModel realm = session.realms().getRealm(realmId);
        if (realm == null || !session.singleUseObjects().putIfAbsent("mcp-room:" + id, CLAIM_SECONDS)) {
            return false;
        }
        session.getContext().setRealm(realm);
        Optional<ClientModel> found = new NeverUsedClient(session).find(id);
        return found.isPresent() && remove(session, realm, found.get());
    }

    private static boolean remove(KeycloakSession session, RealmModel realm, ClientModel client) {
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
}
