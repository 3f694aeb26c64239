package io.github.keycloakmcp.admission;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.github.keycloakmcp.rule.registration.RoomRule;

/**
 * How many self-registered clients a realm has, as this node knows it: counted in the database once a minute, after each
 * {@link RoomRule#step}, and where clients have to make room as often as {@link RoomRule#secondsUntilRecount} allows, however
 * many requests come; in between each new client is added. So a request costs two statements at most, in a realm of any size. Other
 * nodes' new clients are missing until the next count, so each node exceeds the limit by one step at most.
 */
final class CountedClients {

    /** How long a count is good enough while there is room. */
    private static final int SECONDS = 60;

    /** More realms than a node serves at once; beyond it counting starts again. */
    private static final int MOST_REALMS = 10_000;

    private static final Map<String, CountedClients> REALMS = new ConcurrentHashMap<>();

    private final Deque<String> oldest = new ArrayDeque<>();
    private Count count = new Count(0, 0);
    private long countedAt = Long.MIN_VALUE / 2;
    private int added;
    private int pending;
    private long exhaustedAt = Long.MIN_VALUE / 2;
    private RoomRule limits = new RoomRule(0, 0);

    /** What the database says. */
    record Count(long clients, long neverUsed) {

        Count plus(int newcomers) {
            return new Count(Math.max(0, clients + newcomers), Math.max(0, neverUsed + newcomers));
        }
    }

    static CountedClients of(String realm) {
        if (REALMS.size() > MOST_REALMS) {
            REALMS.clear();
        }
        return REALMS.computeIfAbsent(realm, id -> new CountedClients());
    }

    /**
     * Adds one client, and tells how many have to be removed for it. Requests that come while the database counts wait for
     * the same count. The database does not see clients of requests that are still running, so these are added to its count.
     *
     * @param database counts
     */
    synchronized long add(RoomRule rule, long now, Supplier<Count> database) {
        if (!limits.equals(rule)) {
            // An administrator has changed them: what was found under the others says nothing.
            limits = rule;
            countedAt = Long.MIN_VALUE / 2;
            exhaustedAt = Long.MIN_VALUE / 2;
        }
        if (isOld(rule, now)) {
            count = database.get().plus(pending);
            countedAt = now;
            added = 0;
        }
        long surplus = rule.surplus(count.clients(), count.neverUsed());
        count = count.plus(1);
        pending++;
        added++;
        return surplus;
    }

    private boolean isOld(RoomRule rule, long now) {
        return now - countedAt >= SECONDS
                || (rule.surplus(count.clients(), count.neverUsed()) > 0
                        ? now - countedAt >= recent()
                        : added >= rule.step());
    }

    /** How long it is good enough to remove or refuse. */
    private int recent() {
        return RoomRule.secondsUntilRecount(count.clients());
    }

    /** The request of a client that was added is over, and the client is in the database. */
    synchronized void stored() {
        pending--;
    }

    /** The request of a client that was added is over, and the client was refused after all. */
    synchronized void refused() {
        pending--;
        removed();
    }

    /** Whether there is a client that may make room, as far as can be told before looking at it. */
    synchronized boolean hasCandidate(long now, Supplier<List<String>> database) {
        if (oldest.isEmpty() && now - exhaustedAt >= recent()) {
            oldest.addAll(database.get());
            if (oldest.isEmpty()) {
                exhaustedAt = now;
            }
        }
        return !oldest.isEmpty();
    }

    synchronized Optional<String> nextCandidate() {
        return Optional.ofNullable(oldest.poll());
    }

    /** One client has been removed. */
    synchronized void removed() {
        count = count.plus(-1);
    }
}
