package io.github.keycloakmcp.admission;

import java.util.List;

import io.github.keycloakmcp.platform.McpLog;
import io.github.keycloakmcp.platform.McpMetrics;
import io.github.keycloakmcp.platform.OwnTransaction;
import io.github.keycloakmcp.platform.SharedMarks;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
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
    private final SharedMarks marks;
    private final String realmId;
    private final String realmName;
    private final CountedClients counted;
    private final List<String> chosen;

    NeverUsedRemoval(KeycloakSession session, CountedClients counted, List<String> chosen) {
        this.factory = session.getKeycloakSessionFactory();
        this.marks = new SharedMarks(session);
        RealmModel realm = session.getContext().getRealm();
        this.realmId = realm.getId();
        this.realmName = realm.getName();
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
            if (marks.putIfAbsent("mcp-room:" + id, CLAIM_SECONDS)
                    && OwnTransaction.result(factory, null, session -> remove(session, id))) {
                counted.removed();
                McpMetrics.removed(realmName, 1);
            }
        } catch (RuntimeException e) {
            McpLog.notRemoved(id, e);
        }
    }

    private boolean remove(KeycloakSession session, String id) {
        RealmModel realm = session.realms().getRealm(realmId);
        if (realm == null) {
            return false;
        }
        session.getContext().setRealm(realm);
        return new NeverUsedClient(session)
                .find(id)
                .map(client -> remove(session, realm, client))
                .orElse(false);
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
        return true;
    }
}
