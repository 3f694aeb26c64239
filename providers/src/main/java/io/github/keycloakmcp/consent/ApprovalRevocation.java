package io.github.keycloakmcp.consent;

import java.util.Collection;
import java.util.List;
import java.util.Objects;

import io.github.keycloakmcp.rule.consent.StoredApproval;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserConsentModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.UserConsentManager;
import org.keycloak.services.managers.UserSessionManager;

/**
 * Takes approvals of one user back from one client. The client's sessions of this user end, and with them every refresh token
 * that it has from the user, offline ones included: one session can have refresh tokens for several servers. Servers that stay
 * approved cost a login without a question.
 */
public final class ApprovalRevocation {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;
    private final ClientModel client;
    private final StoredApprovals stored;

    public ApprovalRevocation(KeycloakSession session, RealmModel realm, UserModel user, ClientModel client) {
        this.session = session;
        this.realm = realm;
        this.user = user;
        this.client = client;
        this.stored = new StoredApprovals(session, realm);
    }

    /** Takes them back; returns how many sessions ended. The consent itself ends with the last approval. */
    public int revoke(Collection<? extends StoredApproval> approvals) {
        approvals.forEach(approval -> stored.remove(user.getId(), approval));
        if (hasOthers()) {
            ConsentRenewal.of(session, realm, user.getId(), client.getId());
        } else {
            UserConsentManager.revokeConsentForClient(session, realm, user, client.getId());
        }
        return endOnline() + endOffline();
    }

    private boolean hasOthers() {
        UserConsentModel consent = UserConsentManager.getConsentByClient(session, realm, user, client.getId());
        return consent != null
                && stored.of(user.getId()).stream()
                        .flatMap(StoredApprovals::current)
                        .anyMatch(approval -> approval.isUnder(client.getId(), consent.getCreatedDate()));
    }

    private int endOnline() {
        List<AuthenticatedClientSessionModel> uses = session.sessions()
                .getUserSessionsStream(realm, user)
                .map(login -> login.getAuthenticatedClientSessionByClient(client.getId()))
                .filter(Objects::nonNull)
                .toList();
        uses.forEach(AuthenticatedClientSessionModel::detachFromUserSession);
        return uses.size();
    }

    private int endOffline() {
        return new UserSessionManager(session).revokeOfflineToken(user, client) ? 1 : 0;
    }
}
