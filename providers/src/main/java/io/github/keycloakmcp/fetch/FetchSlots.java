package io.github.keycloakmcp.fetch;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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

    private final LongSupplier nanoTime;
    private final Map<String, Integer> running = new HashMap<>();
    private final Map<String, Long> silent = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    FetchSlots(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Lets a request to {@code server} in, or says why not. */
    synchronized Optional<String> enter(String server) {
        Long since = silent.get(server);
        if (since != null && nanoTime.getAsLong() - since < PAUSE.toNanos()) {
            return Optional.of("did not answer a moment ago");
        }
        if (running.getOrDefault(server, 0) >= PER_SERVER) {
            return Optional.of("is being asked already");
        }
        running.merge(server, 1, Integer::sum);
        return Optional.empty();
    }

    /** A request that was let in is over. */
    synchronized void leave(String server, boolean answered) {
        running.computeIfPresent(server, (name, count) -> count == 1 ? null : count - 1);
        silent.remove(server);
        if (!answered) {
            silent.put(server, nanoTime.getAsLong());
        }
    }
}
