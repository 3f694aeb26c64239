package io.github.keycloakmcp.fetch;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Who may fetch now. A server that is slow gets few requests at a time, and one that did not answer is left alone for a
 * while: nothing of its answer is remembered, only that asking again would cost a thread for as long as the last time.
 */
final class FetchSlots {

    /** Most requests to one server at a time. */
    static final int PER_SERVER = 4;

    /** How long a server that did not answer is left alone. */
    static final Duration PAUSE = Duration.ofSeconds(15);

    /** Most servers that are remembered as not answering; the oldest is forgotten first. */
    static final int MAX_REMEMBERED = 1000;

    /** Most requests that wait at a time: each of them holds a thread that Keycloak needs for others. */
    static final int MAX_WAITING = 20;

    private static final String BUSY = "is being asked already";

    private final LongSupplier nanoTime;
    private final int unexpectedMost;
    private int unexpected;
    private int waiting;
    private final Map<String, Integer> running = new HashMap<>();
    private final Map<String, Long> silent = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    /** @param unexpectedMost most requests to unknown hosts, at a time */
    FetchSlots(LongSupplier nanoTime, int unexpectedMost) {
        this.nanoTime = nanoTime;
        this.unexpectedMost = unexpectedMost;
    }

    /**
     * Lets a request to {@code server} in, or says why not. It waits for another one to end, because a server that answers
     * fast has a free slot soon, however many requests come.
     *
     * @param expected whether the host is known; unknown ones leave some slots to the others
     * @param nanos how long to wait
     */
    synchronized Optional<String> enter(String server, boolean expected, long nanos) {
        long begin = nanoTime.getAsLong();
        boolean waits = false;
        try {
            while (!isFree(server, expected) && !isSilent(server)) {
                long left = nanos - (nanoTime.getAsLong() - begin);
                if (left <= 0 || (!waits && waiting >= MAX_WAITING)) {
                    return Optional.of(BUSY);
                }
                waiting += waits ? 0 : 1;
                waits = true;
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        } finally {
            waiting -= waits ? 1 : 0;
        }
        if (isSilent(server)) {
            return Optional.of("did not answer a moment ago");
        }
        running.merge(server, 1, Integer::sum);
        unexpected += expected ? 0 : 1;
        return Optional.empty();
    }

    private boolean isFree(String server, boolean expected) {
        return running.getOrDefault(server, 0) < PER_SERVER && (expected || unexpected < unexpectedMost);
    }

    private boolean isSilent(String server) {
        Long since = silent.get(server);
        return since != null && nanoTime.getAsLong() - since < PAUSE.toNanos();
    }

    /** A request that was let in is over. */
    synchronized void leave(String server, boolean expected, boolean answered) {
        unexpected -= expected ? 0 : 1;
        running.computeIfPresent(server, (name, count) -> count == 1 ? null : count - 1);
        silent.remove(server);
        if (!answered) {
            silent.put(server, nanoTime.getAsLong());
        }
        notifyAll();
    }
}
