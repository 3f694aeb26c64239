package io.github.keycloakmcp.consent;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.McpMetrics;
import io.github.keycloakmcp.platform.ReadOnce;
import io.github.keycloakmcp.platform.UserAttributes;
import io.github.keycloakmcp.rule.consent.Approval;
import io.github.keycloakmcp.rule.consent.EarlierApproval;
import io.github.keycloakmcp.rule.consent.StoredApproval;
import io.github.keycloakmcp.rule.resource.McpServer;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserConsentModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.light.LightweightUserAdapter;
import org.keycloak.services.managers.UserConsentManager;

/**
 * What a user has approved for a client at its MCP servers. Keycloak's own consent knows of scopes only, so the servers are
 * kept beside it, and are valid only as long as that consent itself: revoking it, by the user or an administrator, needs
 * no knowledge of them.
 *
 * <p>They are in Keycloak's store for what a user's own storage does not take. There one approval is one row, whatever
 * their number; an attribute of the user is written as a whole list, and each write takes the user out of every node's
 * cache.
 */
final class ConsentMemory {

    /**
     * Approvals that this node has read before. Whatever takes something out of an approval begins the consent anew
     * ({@link ConsentRenewal}), so that one that is found here and is valid allows no more than the one in the database.
     */
    private static final ReadOnce<List<String>, Approval> KNOWN = new ReadOnce<>(20_000);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;
    private final StoredApprovals stored;

    ConsentMemory(KeycloakSession session, UserModel user) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.user = user;
        this.stored = new StoredApprovals(session, realm);
    }

    /**
     * Returns the scopes that the user has approved for a client at a server. There are none without a consent, and for users
     * who are not stored.
     *
     * @param asked the scopes of the request; what the user has approved beyond them may be missing in the answer
     */
    Set<String> granted(ClientModel client, McpServer server, Set<String> asked) {
        return Optional.ofNullable(UserConsentManager.getConsentByClient(session, realm, user, client.getId()))
                .map(UserConsentModel::getCreatedDate)
                .map(since -> granted(client.getId(), server, asked, since))
                .orElse(Set.of());
    }

    private Set<String> granted(String client, McpServer server, Set<String> asked, long since) {
        String key = Approval.key(server.resource());
        List<String> known = List.of(user.getId(), client, key);
        Optional<Approval> remembered = KNOWN.find(known)
                .filter(approval ->
                        approval.isUnder(client, since) && approval.scopes().containsAll(asked));
        if (remembered.isPresent()) {
            return remembered.get().scopes();
        }
        List<StoredApproval> all =
                read().filter(approval -> approval.isUnder(client, since)).toList();
        return all.stream()
                .flatMap(StoredApprovals::current)
                .filter(approval -> approval.server().equals(key))
                .findFirst()
                .map(approval -> KNOWN.keep(known, approval).scopes())
                .orElseGet(() -> convert(all, new Approval(client, key, server.uri(), asked, 0), server));
    }

    /** Gives an approval of an earlier version, if there is one of exactly this, the form of today. */
    private Set<String> convert(List<StoredApproval> all, Approval asked, McpServer server) {
        String subject = EarlierApproval.subject(server.resource(), asked.scopes());
        Optional<EarlierApproval> earlier = all.stream()
                .filter(EarlierApproval.class::isInstance)
                .map(EarlierApproval.class::cast)
                .filter(approval -> approval.subject().equals(subject))
                .findFirst();
        earlier.ifPresent(found -> write(ApprovalNote.converted(asked.at(found.given()), found)));
        return earlier.isPresent() ? asked.scopes() : Set.of();
    }

    /**
     * Remembers the user's answer, in the request in which the consent was given and once it has succeeded; a user who is not
     * stored is asked each time.
     *
     * @param before what the user had approved when the page was shown
     */
    void answered(Approval before, Set<String> asked, Set<String> leftOut) {
        McpMetrics.consented(realm);
        if (!LightweightUserAdapter.isLightweightUser(user)) {
            write(ApprovalNote.answered(before, before.after(asked, leftOut, Time.currentTimeMillis())));
        }
    }

    private void write(ApprovalNote.Change change) {
        session.getTransactionManager().enlistAfterCompletion(new ApprovalNote(session, realm, user.getId(), change));
    }

    /** All that the user has approved, also what the first versions wrote into an attribute of the user. */
    private Stream<StoredApproval> read() {
        List<StoredApproval> rows = stored.of(user.getId());
        StoredApproval.surplus(rows).forEach(old -> stored.remove(user.getId(), old));
        return Stream.concat(
                rows.stream(),
                user.getAttributeStream(UserAttributes.APPROVALS)
                        .flatMap(entry -> EarlierApproval.readListed(entry).stream()));
    }
}
