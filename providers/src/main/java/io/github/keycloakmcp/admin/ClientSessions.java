package io.github.keycloakmcp.admin;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.persistence.EntityManager;
import org.keycloak.common.Profile;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.delegate.ClientModelLazyDelegate;

/** How many sessions clients have, a page of clients in one statement. */
final class ClientSessions {

    /** How Keycloak marks sessions that end with the login. */
    private static final String ONLINE = "0";

    private final KeycloakSession session;
    private final RealmModel realm;

    ClientSessions(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /**
     * Returns the number of online sessions by the client's internal id; a client without any may be absent. Keycloak's SPI
     * counts either one client's sessions or those of all clients of the realm. Where sessions are kept in memory only, its
     * count for one client has no statement.
     */
    Map<String, Long> of(List<String> clients) {
        return Profile.isFeatureEnabled(Profile.Feature.PERSISTENT_USER_SESSIONS) ? stored(clients) : kept(clients);
    }

    private Map<String, Long> stored(List<String> clients) {
        Map<String, Long> counts = new HashMap<>();
        if (!clients.isEmpty()) {
            EntityManager database =
                    session.getProvider(JpaConnectionProvider.class).getEntityManager();
            database.createQuery(
                            "select s.clientId, count(s) from PersistentClientSessionEntity s"
                                    + " where s.offline = :offline and s.clientId in :clients group by s.clientId",
                            Object[].class)
                    .setParameter("offline", ONLINE)
                    .setParameter("clients", clients)
                    .getResultList()
                    .forEach(row -> counts.put((String) row[0], (Long) row[1]));
        }
        return counts;
    }

    /** Keycloak counts by the id alone, so that the client itself is not loaded. */
    private Map<String, Long> kept(List<String> clients) {
        Map<String, Long> counts = new HashMap<>();
        for (String client : clients) {
            counts.put(
                    client,
                    session.sessions()
                            .getActiveUserSessions(realm, new ClientModelLazyDelegate.WithId(session, realm, client)));
        }
        return counts;
    }
}
