package io.github.keycloakmcp.admin;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.github.keycloakmcp.fetch.Deadline;
import io.github.keycloakmcp.platform.OwnTransaction;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionProvider;
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
        Deadline end = Deadline.in(LIMIT);
        Set<String> ended = new HashSet<>();
        boolean more = true;
        while (more && end.nanosLeft() > 0) {
            Set<String> batch = OwnTransaction.result(
                    admin.session().getKeycloakSessionFactory(), null, session -> endSome(session, id));
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
            UserSessionProvider logins = session.sessions();
            for (String login : ids(logins.readOnlyStreamUserSessions(realm, client, 0, BATCH))) {
                if (endOnline(logins.getUserSession(realm, login), client)) {
                    ended.add(login);
                }
            }
            for (String login : ids(logins.readOnlyStreamOfflineUserSessions(realm, client, 0, BATCH))) {
                if (endOffline(session, logins.getOfflineUserSession(realm, login), client)) {
                    ended.add("offline " + login);
                }
            }
        }
        return ended;
    }

    private static boolean endOnline(@Nullable UserSessionModel login, ClientModel client) {
        AuthenticatedClientSessionModel use =
                login == null ? null : login.getAuthenticatedClientSessionByClient(client.getId());
        if (use != null) {
            use.detachFromUserSession();
        }
        return use != null;
    }

    private static boolean endOffline(KeycloakSession session, @Nullable UserSessionModel login, ClientModel client) {
        return login != null
                && new UserSessionManager(session)
                        .removeClientFromOfflineUserSession(login.getRealm(), login, client, login.getUser());
    }

    private static List<String> ids(Stream<UserSessionModel> logins) {
        try (logins) {
            return logins.map(UserSessionModel::getId).toList();
        }
    }
}
