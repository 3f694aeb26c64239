package io.github.keycloakmcp.consent;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.ReadOnce;
import io.github.keycloakmcp.platform.UserAttributes;
import io.github.keycloakmcp.rule.consent.Approval;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserConsentModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.light.LightweightUserAdapter;
import org.keycloak.services.managers.UserConsentManager;
import org.keycloak.storage.federated.UserFederatedStorageProvider;

/**
 * The MCP servers that a user has approved for a client. Keycloak's own consent knows of scopes only, so the servers are
 * kept beside it, and are valid only as long as that consent itself: revoking it, by the user or an administrator, needs
 * no knowledge of them.
 *
 * <p>They are in Keycloak's store for what a user's own storage does not take. There one approval is one row, whatever
 * their number; an attribute of the user is written as a whole list, and each write takes the user out of every node's
 * cache.
 */
final class ConsentMemory {

    /**
     * Approvals that this node has read before. An approval never changes and is checked against the beginning of the
     * present consent each time, so that one that is found here is as good as one from the database.
     */
    private static final ReadOnce<List<String>, Approval> KNOWN = new ReadOnce<>(20_000);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;

    ConsentMemory(KeycloakSession session, UserModel user) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.user = user;
    }

    /** Tells whether the user has approved {@code subject}; false without a consent, and for users who are not stored. */
    boolean holds(ClientModel client, String subject) {
        return Optional.ofNullable(UserConsentManager.getConsentByClient(session, realm, user, client.getId()))
                .map(UserConsentModel::getCreatedDate)
                .filter(since -> isApproved(client.getId(), subject, since))
                .isPresent();
    }

    /**
     * Remembers that the user approved {@code subject}, in the request in which the consent was given and once it has
     * succeeded; a user who is not stored is asked each time.
     */
    void add(ClientModel client, String subject) {
        if (!LightweightUserAdapter.isLightweightUser(user)) {
            Approval approval = new Approval(client.getId(), subject, Time.currentTimeMillis());
            session.getTransactionManager()
                    .enlistAfterCompletion(new ApprovalNote(session, realm, user.getId(), approval));
        }
    }

    private boolean isApproved(String client, String subject, long since) {
        List<String> key = List.of(user.getId(), client, subject);
        return KNOWN.find(key)
                        .filter(known -> known.allows(client, subject, since))
                        .isPresent()
                || read().filter(approval -> approval.allows(client, subject, since))
                        .findFirst()
                        .map(approval -> KNOWN.keep(key, approval))
                        .isPresent();
    }

    /** All that the user has approved, also what an earlier version wrote into an attribute of the user. */
    private Stream<Approval> read() {
        List<Approval> stored = store().getAttributes(realm, user.getId()).entrySet().stream()
                .flatMap(attribute -> attribute.getValue().stream()
                        .flatMap(value -> Approval.read(attribute.getKey(), value).stream()))
                .toList();
        Approval.surplus(stored).forEach(old -> store().removeAttribute(realm, user.getId(), old.attribute()));
        return Stream.concat(
                stored.stream(),
                user.getAttributeStream(UserAttributes.APPROVALS)
                        .flatMap(entry -> Approval.readListed(entry).stream()));
    }

    private UserFederatedStorageProvider store() {
        return session.getProvider(UserFederatedStorageProvider.class);
    }
}
