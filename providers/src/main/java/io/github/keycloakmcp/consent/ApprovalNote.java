package io.github.keycloakmcp.consent;

import io.github.keycloakmcp.platform.McpLog;
import io.github.keycloakmcp.rule.consent.Approval;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.storage.federated.UserFederatedStorageProvider;

/**
 * Writes an approval once the login that it belongs to has succeeded, in a transaction of its own: two logins of a user at
 * the same moment may get in each other's way here, which must cost a question more and no login.
 */
final class ApprovalNote extends AbstractKeycloakTransaction {

    private final KeycloakSessionFactory factory;
    private final String realmId;
    private final String realmName;
    private final String userId;
    private final Approval approval;

    ApprovalNote(KeycloakSession session, RealmModel realm, String userId, Approval approval) {
        this.factory = session.getKeycloakSessionFactory();
        this.realmId = realm.getId();
        this.realmName = realm.getName();
        this.userId = userId;
        this.approval = approval;
    }

    @Override
    protected void commitImpl() {
        try {
            KeycloakModelUtils.runJobInTransaction(factory, this::write);
        } catch (RuntimeException e) {
            McpLog.approvalNotKept(realmName, e);
        }
    }

    @Override
    protected void rollbackImpl() {}

    private void write(KeycloakSession session) {
        RealmModel realm = session.realms().getRealm(realmId);
        if (realm != null) {
            session.getProvider(UserFederatedStorageProvider.class)
                    .setSingleAttribute(realm, userId, approval.attribute(), Long.toString(approval.given()));
        }
    }
}
