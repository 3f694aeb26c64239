package io.github.keycloakmcp.admin;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import jakarta.ws.rs.core.Response;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.managers.UserSessionManager;
import org.keycloak.util.JsonSerialization;

/**
 * Removes a client from the sessions of its users, a hundred in a transaction, for a limited time. Users stay logged in to
 * their other clients. What is left of a client with very many sessions is worth nothing, because its tokens were revoked.
 */
final class ClientLogout {

    private static final int BATCH = 100;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final AdminContext admin;

    ClientLogout(AdminContext admin) {
        this.admin = admin;
    }

    /** Answers how many sessions ended, and whether these were all. */
    Response of(String id) {
        long end = System.nanoTime() + LIMIT.toNanos();
        Set<String> ended = new HashSet<>();
        boolean more = true;
        while (more && System.nanoTime() - end < 0) {
            Set<String> batch = KeycloakModelUtils.runJobInTransactionWithResult(
                    admin.session().getKeycloakSessionFactory(), session -> endSome(session, id));
            more = ended.addAll(batch);
        }
        return JsonResponses.ok(JsonSerialization.mapper
                .createObjectNode()
                .put("sessions", ended.size())
                .put("complete", !more));
    }

    private Set<String> endSome(KeycloakSession session, String id) {
        RealmModel realm = session.realms().getRealm(admin.realm().getId());
        session.getContext().setRealm(realm);
        ClientModel client = realm.getClientById(id);
        Set<String> ended = new HashSet<>();
        if (client != null) {
            UserSessionManager offline = new UserSessionManager(session);
            read(session.sessions().getUserSessionsStream(realm, client, 0, BATCH))
                    .forEach(login -> {
                        AuthenticatedClientSessionModel use = login.getAuthenticatedClientSessionByClient(id);
                        if (use != null) {
                            use.detachFromUserSession();
                            ended.add(login.getId());
                        }
                    });
            read(session.sessions().getOfflineUserSessionsStream(realm, client, 0, BATCH))
                    .forEach(login -> {
                        if (offline.removeClientFromOfflineUserSession(realm, login, client, login.getUser())) {
                            ended.add("offline " + login.getId());
                        }
                    });
        }
        return ended;
    }

    /** Read before anything ends, because ending changes what the stream goes through. */
    private static List<UserSessionModel> read(Stream<UserSessionModel> logins) {
        try (logins) {
            return logins.toList();
        }
    }
}
