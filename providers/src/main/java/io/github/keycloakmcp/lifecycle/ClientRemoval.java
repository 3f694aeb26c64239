package io.github.keycloakmcp.lifecycle;

import java.util.List;

import io.github.keycloakmcp.rule.lifecycle.StalenessRule.Fate;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.managers.ClientManager;
import org.keycloak.services.managers.RealmManager;

/**
 * Removes stale clients with all that hangs on them, in the transaction of {@code session}. Each is judged once more, because
 * it may have been used since the page was read; a login that begins after that finds no client, and a client that is told
 * so registers again.
 */
final class ClientRemoval {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final StoredClients stored;
    private final Plan plan;

    ClientRemoval(KeycloakSession session, Plan plan) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.stored = new StoredClients(session);
        this.plan = plan;
    }

    /** Removes those of the clients that are stale still, and tells how many. */
    int remove(List<String> ids) {
        return Math.toIntExact(ids.stream()
                .flatMap(id -> stored.find(id).stream())
                .filter(client ->
                        plan.judge(client, () -> isInSession(client)).stream().anyMatch(Fate.STALE::equals))
                .filter(this::remove)
                .count());
    }

    private boolean isInSession(ClientModel client) {
        return session.sessions().getActiveUserSessions(realm, client) > 0
                || session.sessions().getOfflineSessionsCount(realm, client) > 0;
    }

    private boolean remove(ClientModel client) {
        EventBuilder event = new EventBuilder(realm, session)
                .event(EventType.CLIENT_DELETE)
                .client(client.getClientId())
                .detail(Details.REASON, "not used any more");
        boolean removed = new ClientManager(new RealmManager(session)).removeClient(realm, client);
        if (removed) {
            event.success();
        }
        return removed;
    }
}
