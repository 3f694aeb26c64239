package io.github.keycloakmcp.resource;

import io.github.keycloakmcp.rule.resource.RotationGrace;
import org.keycloak.common.util.Time;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.RefreshToken;

/**
 * Puts a time limit on Keycloak's reuse of refresh tokens, which counts uses only. Where the realm rotates refresh tokens
 * and allows one reuse, that reuse is for a client which sends the same token twice at once, not for whoever finds it
 * later.
 */
final class RefreshTokenReuse {

    private static final String FIRST_USE = RefreshTokenReuse.class.getName();

    private RefreshTokenReuse() {}

    /** Before Keycloak counts: a reuse that comes too late is counted as one too many, so that Keycloak ends the session. */
    static void judge(KeycloakSession session, ClientSessionContext context, RotationGrace grace) {
        RealmModel realm = session.getContext().getRealm();
        if (!realm.isRevokeRefreshToken()) {
            return;
        }
        PresentedToken.toRefresh(session).ifPresent(presented -> {
            AuthenticatedClientSessionModel clientSession = context.getClientSession();
            String key = reuseKey(presented);
            boolean used = presented.getId().equals(clientSession.getRefreshToken(key))
                    && clientSession.getRefreshTokenUseCount(key) > 0;
            if (!used) {
                return;
            }
            int firstUse = clientSession.getRefreshTokenLastRefresh(key);
            if (grace.forgives(Time.currentTime() - firstUse)) {
                session.setAttribute(FIRST_USE, firstUse);
            } else {
                clientSession.setRefreshTokenUseCount(key, realm.getRefreshTokenMaxReuse() + 1);
            }
        });
    }

    /**
     * After a forgiven reuse: the time of the first use stays, or Keycloak takes the token that the first use yielded for
     * one that is older than the last refresh, and ends the session of a client that keeps that one.
     */
    static void settle(KeycloakSession session, RefreshToken presented, AuthenticatedClientSessionModel clientSession) {
        if (session.getAttribute(FIRST_USE) instanceof Integer firstUse) {
            clientSession.setRefreshTokenLastRefresh(reuseKey(presented), firstUse);
        }
    }

    /** The key under which Keycloak counts: one per login, so that two logins with one client do not disturb each other. */
    private static String reuseKey(RefreshToken token) {
        Object id = token.getOtherClaims().get(Constants.REUSE_ID);
        return id == null ? "" : id.toString();
    }
}
