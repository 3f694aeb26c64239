package io.github.keycloakmcp.rule.consent;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An approval as it is kept with a user, one attribute for each. It is valid as long as the consent to the client is under which
 * it was given: a consent that was revoked and given again is another one, with a later beginning.
 */
public interface StoredApproval {

    /** What the names of all attributes of approvals begin with. */
    String PREFIX = "mcp.approval.";

    /** More approvals than a user needs; at about 300 bytes each, 60 KB. */
    int MOST = 200;

    /** The name of an attribute: the client's internal id, and what was approved there as a digest. */
    Pattern NAME = Pattern.compile("mcp\\.approval\\.(\\S{1,64})\\.([A-Za-z0-9_-]{43})");

    /** The client's internal id, which is never given to another client as a {@code client_id} may be. */
    String client();

    /** When the user approved, in milliseconds since 1970, by the clock that also dates the consent. */
    long given();

    /** What was approved there, as a digest. */
    String digest();

    /** The attribute that keeps it; another approval of the same replaces it. */
    default String attribute() {
        return PREFIX + client() + "." + digest();
    }

    /** Tells whether it was given under the consent to {@code askingClient} that began at {@code since}. */
    default boolean isUnder(String askingClient, long since) {
        return client().equals(askingClient) && given() >= since;
    }

    /** Those of a user's approvals that are too many: the oldest. A user who needs one is asked once more. */
    static List<StoredApproval> surplus(Collection<? extends StoredApproval> approvals) {
        return approvals.stream()
                .<StoredApproval>map(approval -> approval)
                .sorted(Comparator.comparingLong(StoredApproval::given))
                .limit(Math.max(0, approvals.size() - MOST))
                .toList();
    }
}
