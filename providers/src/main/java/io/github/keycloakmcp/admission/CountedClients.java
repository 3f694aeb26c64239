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
 * How many self-registered clients a realm has, as this node knows it: counted in the database once a minute, and once more
 * before a client has to make room, however many requests come; in between each new client is added. So a request costs two
 * statements at most, in a realm of any size. Other nodes' new clients are missing for up to a minute, which the limit of
 * registrations per realm bounds.
 */
final class CountedClients {

    /** How long a count is good enough while there is room. */
    private static final int SECONDS = 60;

    /** How long it is good enough to remove or refuse. */
    private static final int RECENT = 5;

    /** More realms than a node serves at once; beyond it counting starts again. */
    private static final int MOST_REALMS = 10_000;

    private static final Map<String, CountedClients> REALMS = new ConcurrentHashMap<>();

    private final Deque<String> oldest = new ArrayDeque<>();
    private Count count = new Count(0, 0);
    private long countedAt = Long.MIN_VALUE / 2;
    private long exhaustedAt = Long.MIN_VALUE / 2;

    /** What the database says. */
    record Count(long clients, long neverUsed) {

        Count plusOne() {
            return new Count(clients + 1, neverUsed + 1);
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
     * the same count.
     *
     * @param database counts
     */
    synchronized long add(RoomRule rule, long now, Supplier<Count> database) {
        if (now - countedAt >= SECONDS
                || (now - countedAt >= RECENT && rule.surplus(count.clients(), count.neverUsed()) > 0)) {
            count = database.get();
            countedAt = now;
        }
        long surplus = rule.surplus(count.clients(), count.neverUsed());
        count = count.plusOne();
        return surplus;
    }

    /** Whether there is a client that may make room, as far as can be told before looking at it. */
    synchronized boolean hasCandidate(long now, Supplier<List<String>> database) {
        if (oldest.isEmpty() && now - exhaustedAt >= RECENT) {
            oldest.addAll(database.get());
        }
        return !oldest.isEmpty();
    }

    synchronized Optional<String> nextCandidate(long now) {
        Optional<String> next = Optional.ofNullable(oldest.poll());
        if (next.isEmpty()) {
            exhaustedAt = now;
        }
        return next;
    }

    /** One client has been removed, or was refused after all. */
    synchronized void less() {
        count = new Count(Math.max(0, count.clients() - 1), Math.max(0, count.neverUsed() - 1));
    }
}
