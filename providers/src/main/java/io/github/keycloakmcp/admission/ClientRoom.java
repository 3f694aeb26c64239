package io.github.keycloakmcp.admission;

import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.registration.RoomRule;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * The room that a realm has for self-registered clients. A realm that is full makes room: the client that registered first
 * among those that were never used is removed as soon as the newcomer is stored.
 *
 * @see RoomRule
 */
public final class ClientRoom {

    /** How many clients are looked up at once to make room; each request removes one or two. */
    private static final int BATCH = 200;

    private final KeycloakSession session;
    private final RealmModel realm;

    public ClientRoom(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /** Takes the place of one more client, or says that there is none. */
    public Verdict<RealmModel> take(RoomRule rule) {
        if (rule.isUnlimited()) {
            return Verdict.allowed(realm);
        }
        SelfRegisteredClients stored = new SelfRegisteredClients(session, realm);
        CountedClients counted = CountedClients.of(realm.getId());
        long now = Time.currentTime();
        long surplus = counted.add(rule, now, () -> new CountedClients.Count(stored.count(), stored.countNeverUsed()));
        if (surplus == 0) {
            return Verdict.allowed(realm);
        }
        if (!counted.hasCandidate(now, () -> stored.oldestNeverUsed(BATCH))) {
            counted.less();
            return Verdict.refused(AdmissionRefusals.realmIsFull());
        }
        session.getTransactionManager().enlistAfterCompletion(new NeverUsedRemoval(session, counted, surplus));
        return Verdict.allowed(realm);
    }
}
