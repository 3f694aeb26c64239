package io.github.keycloakmcp.platform;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a clean-up did, or would do.
 *
 * @param clients how many clients that registered themselves it looked at
 * @param stale how many of them are no longer used
 * @param removed how many it removed; none in a dry run
 * @param keptInSession how many would be stale but for their sessions
 * @param keptDisabled how many would be stale but are disabled, and stay so
 * @param examples the client ids of the first {@value #EXAMPLES} stale ones
 * @param complete whether it went through the whole realm
 */
public record CleanUpReport(
        int clients,
        int stale,
        int removed,
        int keptInSession,
        int keptDisabled,
        List<String> examples,
        boolean complete) {

    public static final int EXAMPLES = 100;

    /** Nothing looked at, nothing left to look at. */
    public static final CleanUpReport EMPTY = new CleanUpReport(0, 0, 0, 0, 0, List.of(), true);

    /** Both together. */
    public CleanUpReport plus(CleanUpReport next) {
        return new CleanUpReport(
                clients + next.clients,
                stale + next.stale,
                removed + next.removed,
                keptInSession + next.keptInSession,
                keptDisabled + next.keptDisabled,
                Stream.concat(examples.stream(), next.examples.stream())
                        .limit(EXAMPLES)
                        .toList(),
                complete && next.complete);
    }

    public CleanUpReport withRemoved(int number) {
        return new CleanUpReport(clients, stale, number, keptInSession, keptDisabled, examples, complete);
    }

    /** The same, broken off before the end of the realm. */
    public CleanUpReport incomplete() {
        return new CleanUpReport(clients, stale, removed, keptInSession, keptDisabled, examples, false);
    }
}
