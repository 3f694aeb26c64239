package io.github.keycloakmcp.consent;

import io.github.keycloakmcp.platform.McpLog;
import io.github.keycloakmcp.platform.OwnTransaction;
import io.github.keycloakmcp.rule.consent.Approval;
import io.github.keycloakmcp.rule.consent.EarlierApproval;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;

/**
 * Writes an approval once the login that it belongs to has succeeded, in a transaction of its own: two logins of a user at
 * the same moment may get in each other's way here, which must cost a question more and no login.
 */
final class ApprovalNote extends AbstractKeycloakTransaction {

    private final KeycloakSessionFactory factory;
    private final String realmId;
    private final String realmName;
    private final String userId;
    private final Change change;

    /**
     * What is written.
     *
     * @param approval the approval as it will be
     * @param narrower whether the user took something back that was approved before
     * @param replaced the approval of an earlier version that it takes the place of
     */
    record Change(
            Approval approval, boolean narrower, @Nullable EarlierApproval replaced) {}

    ApprovalNote(KeycloakSession session, RealmModel realm, String userId, Change change) {
        this.factory = session.getKeycloakSessionFactory();
        this.realmId = realm.getId();
        this.realmName = realm.getName();
        this.userId = userId;
        this.change = change;
    }

    static Change answered(Approval before, Approval after) {
        return new Change(after, !after.scopes().containsAll(before.scopes()), null);
    }

    static Change converted(Approval approval, EarlierApproval replaced) {
        return new Change(approval, false, replaced);
    }

    @Override
    protected void commitImpl() {
        try {
            OwnTransaction.run(factory, this::write);
        } catch (RuntimeException e) {
            McpLog.approvalNotKept(realmName, e);
        }
    }

    @Override
    protected void rollbackImpl() {}

    private void write(KeycloakSession session) {
        RealmModel realm = session.realms().getRealm(realmId);
        if (realm == null) {
            return;
        }
        session.getContext().setRealm(realm);
        StoredApprovals stored = new StoredApprovals(session, realm);
        stored.write(userId, change.approval());
        if (change.replaced() != null) {
            stored.remove(userId, change.replaced());
        }
        if (change.narrower()) {
            ConsentRenewal.of(session, realm, userId, change.approval().client());
        }
    }
}
