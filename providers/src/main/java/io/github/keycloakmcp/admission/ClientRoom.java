package io.github.keycloakmcp.admission;

import java.util.ArrayList;
import java.util.List;

import io.github.keycloakmcp.platform.SharedMarks;
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

    /** Most clients that one newcomer removes, so that a limit that was lowered costs no single request much. */
    private static final long MOST = 2;

    /** Most clients that are looked at for one newcomer, where many of them turn out to be wanted. */
    private static final int TRIES = 20;

    private final KeycloakSession session;
    private final RealmModel realm;

    public ClientRoom(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /** Returns how many self-registered clients the realm has. */
    public long occupied() {
        return new SelfRegisteredClients(session, realm).count();
    }

    /** Returns how many of them were never used. */
    public long neverUsed() {
        return new SelfRegisteredClients(session, realm).countNeverUsed();
    }

    /** Tells whether a full realm has a client that makes room for a newcomer. */
    public boolean canBeMade() {
        return new SelfRegisteredClients(session, realm).isAnyNeverUsed();
    }

    /** Takes the place of one more client, or says that there is none. */
    public Verdict<RealmModel> take(RoomRule rule) {
        if (rule.isUnlimited()) {
            return Verdict.allowed(realm);
        }
        CountedClients counted = CountedClients.of(realm.getId());
        long now = Time.currentTime();
        long surplus = counted.add(rule, now, () -> SharedMarks.beforehand(session, ClientRoom::count));
        try {
            List<String> chosen = surplus == 0
                    ? List.of()
                    : SharedMarks.beforehand(session, own -> choose(own, counted, now, Math.min(surplus, MOST)));
            if (surplus > 0 && chosen.isEmpty()) {
                counted.refused();
                return Verdict.refused(AdmissionRefusals.realmIsFull());
            }
            session.getTransactionManager().enlistAfterCompletion(new NeverUsedRemoval(session, counted, chosen));
            return Verdict.allowed(realm);
        } catch (RuntimeException e) {
            // Without its place being given back, a newcomer that failed would be counted until the node is restarted.
            counted.refused();
            throw e;
        }
    }

    private static SelfRegisteredClients in(KeycloakSession session) {
        return new SelfRegisteredClients(session, session.getContext().getRealm());
    }

    private static CountedClients.Count count(KeycloakSession session) {
        SelfRegisteredClients stored = in(session);
        return new CountedClients.Count(stored.count(), stored.countNeverUsed());
    }

    /** The clients that make room; none that turn out to be wanted. Those that it forgets if it fails are found again later. */
    private static List<String> choose(KeycloakSession session, CountedClients counted, long now, long most) {
        NeverUsedClient wanted = new NeverUsedClient(session);
        SelfRegisteredClients stored = in(session);
        List<String> chosen = new ArrayList<>();
        for (int tried = 0; tried < TRIES && chosen.size() < most; tried++) {
            if (!counted.hasCandidate(now, () -> stored.oldestNeverUsed(BATCH))) {
                return chosen;
            }
            counted.nextCandidate().filter(id -> wanted.find(id).isPresent()).ifPresent(chosen::add);
        }
        return chosen;
    }
}
