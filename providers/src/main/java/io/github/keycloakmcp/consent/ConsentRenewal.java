package io.github.keycloakmcp.consent;

import java.util.List;

import io.github.keycloakmcp.rule.consent.Approval;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserConsentModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.UserConsentManager;

/**
 * Begins a consent anew, and takes the approvals that are still stored over into it. Nodes remember approvals, which are valid
 * under the consent that they were given under: with another beginning, every node reads them again. Keycloak tells the nodes
 * about the consent.
 */
final class ConsentRenewal {

    private ConsentRenewal() {}

    /** Renews the consent of a user to a client, if there is one. Approvals of earlier versions end with it. */
    static void of(KeycloakSession session, RealmModel realm, String userId, String client) {
        UserModel user = session.users().getUserById(realm, userId);
        UserConsentModel consent =
                user == null ? null : UserConsentManager.getConsentByClient(session, realm, user, client);
        if (user == null || consent == null) {
            return;
        }
        StoredApprovals stored = new StoredApprovals(session, realm);
        List<Approval> valid = stored.of(userId).stream()
                .filter(approval -> approval.isUnder(client, consent.getCreatedDate()))
                .flatMap(StoredApprovals::current)
                .toList();
        UserConsentManager.revokeConsentForClient(session, realm, user, client);
        UserConsentManager.addConsent(session, realm, user, consent);
        valid.forEach(approval -> stored.write(userId, approval.at(Time.currentTimeMillis())));
    }
}
