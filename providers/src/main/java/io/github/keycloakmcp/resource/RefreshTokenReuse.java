package io.github.keycloakmcp.resource;

import io.github.keycloakmcp.rule.resource.RefreshBranches;
import io.github.keycloakmcp.rule.resource.RotationGrace;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.RefreshToken;

/**
 * Puts a time limit on Keycloak's reuse of refresh tokens, which counts uses only. Where the realm rotates refresh tokens
 * and allows one reuse, that reuse is for a client which sends the same token twice at once, not for an attacker who finds
 * it later. Of the two refresh tokens that the two uses yield, the one that is used ends the other.
 */
final class RefreshTokenReuse {

    private static final String FIRST_USE = RefreshTokenReuse.class.getName();
    private static final String GRACE = FIRST_USE + ".grace";

    /** Note of a client session, one for each login: its {@link RefreshBranches}. */
    private static final String BRANCHES = "mcp.refresh.";

    private RefreshTokenReuse() {}

    /** Before Keycloak counts: a reuse that is not forgiven is counted as one too many, so that Keycloak ends the session. */
    static void judge(KeycloakSession session, ClientSessionContext context, RotationGrace grace) {
        RealmModel realm = session.getContext().getRealm();
        if (!realm.isRevokeRefreshToken()) {
            return;
        }
        if (grace.isGiven()) {
            session.setAttribute(GRACE, grace);
        }
        PresentedToken.toRefresh(session).ifPresent(presented -> {
            AuthenticatedClientSessionModel clientSession = context.getClientSession();
            String key = presented.reuseId();
            if (branches(clientSession, key).isEnded(presented.id())) {
                clientSession.setRefreshToken(key, presented.id());
                end(realm, clientSession, key);
                return;
            }
            boolean used = presented.id().equals(clientSession.getRefreshToken(key))
                    && clientSession.getRefreshTokenUseCount(key) > 0;
            if (!used) {
                return;
            }
            int firstUse = clientSession.getRefreshTokenLastRefresh(key);
            if (grace.forgives(Time.currentTime() - firstUse)) {
                session.setAttribute(FIRST_USE, firstUse);
            } else {
                end(realm, clientSession, key);
            }
        });
    }

    private static void end(RealmModel realm, AuthenticatedClientSessionModel clientSession, String key) {
        clientSession.setRefreshTokenUseCount(key, realm.getRefreshTokenMaxReuse() + 1);
    }

    /**
     * After the refresh: remembers which refresh token came of which. After a forgiven reuse the time of the first use
     * stays, or Keycloak takes the token that the first use yielded for one that is older than the last refresh, and ends
     * the session of a client that keeps that one.
     */
    static void settle(
            KeycloakSession session,
            RefreshToken token,
            @Nullable RefreshToken next,
            AuthenticatedClientSessionModel clientSession) {
        RefreshedGrant presented = RefreshedGrant.of(token);
        String key = presented.reuseId();
        if (session.getAttribute(GRACE) != null && next != null) {
            RefreshBranches known = branches(clientSession, key);
            clientSession.setNote(
                    BRANCHES + key, known.after(presented.id(), next.getId()).text());
        }
        if (session.getAttribute(FIRST_USE) instanceof Integer firstUse) {
            clientSession.setRefreshTokenLastRefresh(key, firstUse);
        }
    }

    private static RefreshBranches branches(AuthenticatedClientSessionModel clientSession, String key) {
        return RefreshBranches.parse(clientSession.getNote(BRANCHES + key));
    }
}
