package io.github.keycloakmcp.consent;

import java.util.Optional;

import io.github.keycloakmcp.platform.McpLog;
import io.github.keycloakmcp.platform.UserAttributes;
import io.github.keycloakmcp.rule.consent.Approval;
import io.github.keycloakmcp.rule.consent.Approvals;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserConsentModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.UserConsentManager;
import org.keycloak.storage.ReadOnlyException;

/**
 * Which MCP servers a user has approved for a client. Keycloak's own consent knows of scopes only, so the servers are
 * kept beside it, in an attribute of the user, and count only as long as that consent itself: who revokes it, user or
 * administrator, need not know of the attribute.
 */
final class ConsentMemory {

    private final KeycloakSession session;
    private final UserModel user;

    ConsentMemory(KeycloakSession session, UserModel user) {
        this.session = session;
        this.user = user;
    }

    boolean holds(ClientModel client, String subject) {
        return approval(client, subject).map(approvals()::hold).orElse(false);
    }

    /** Remembers an approval; where the user's storage keeps nothing, the user is asked each time. */
    void add(ClientModel client, String subject) {
        approval(client, subject).ifPresent(approval -> {
            try {
                user.setAttribute(
                        UserAttributes.APPROVALS, approvals().and(approval).texts());
            } catch (ReadOnlyException e) {
                McpLog.approvalNotKept(session.getContext().getRealm().getName());
            }
        });
    }

    private Approvals approvals() {
        return Approvals.parse(user.getAttributeStream(UserAttributes.APPROVALS));
    }

    /** What an approval would be now; none without a consent that has a beginning, as with users who are not stored. */
    private Optional<Approval> approval(ClientModel client, String subject) {
        RealmModel realm = session.getContext().getRealm();
        return Optional.ofNullable(UserConsentManager.getConsentByClient(session, realm, user, client.getId()))
                .map(UserConsentModel::getCreatedDate)
                .map(since -> new Approval(client.getId(), since, subject));
    }
}
