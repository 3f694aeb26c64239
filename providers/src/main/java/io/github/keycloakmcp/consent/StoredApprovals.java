package io.github.keycloakmcp.consent;

import java.util.List;
import java.util.stream.Stream;

import io.github.keycloakmcp.rule.consent.Approval;
import io.github.keycloakmcp.rule.consent.EarlierApproval;
import io.github.keycloakmcp.rule.consent.StoredApproval;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.storage.federated.UserFederatedStorageProvider;

/** The rows of approvals, one user at a time. It accepts every user, also one whose storage is read-only. */
public final class StoredApprovals {

    private final RealmModel realm;
    private final UserFederatedStorageProvider store;

    StoredApprovals(KeycloakSession session, RealmModel realm) {
        this.realm = realm;
        this.store = session.getProvider(UserFederatedStorageProvider.class);
    }

    /** All of a user, valid or not. */
    List<StoredApproval> of(String user) {
        return store.getAttributes(realm, user).entrySet().stream()
                .flatMap(attribute -> attribute.getValue().stream().flatMap(value -> read(attribute.getKey(), value)))
                .toList();
    }

    /** Reads an attribute in the form of today or in that of earlier versions; nothing, if it is no approval. */
    public static Stream<StoredApproval> read(String attribute, String value) {
        return Stream.concat(Approval.read(attribute, value).stream(), EarlierApproval.read(attribute, value).stream());
    }

    /** Writes one in place of what the user approved for the same client and server before. */
    void write(String user, Approval approval) {
        store.setSingleAttribute(realm, user, approval.attribute(), approval.value());
    }

    void remove(String user, StoredApproval approval) {
        store.removeAttribute(realm, user, approval.attribute());
    }

    /** The approval, if its form is the one of today. */
    static Stream<Approval> current(StoredApproval approval) {
        return approval instanceof Approval current ? Stream.of(current) : Stream.empty();
    }
}
