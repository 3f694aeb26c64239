package io.github.keycloakmcp.lifecycle;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The notes of use that this node has yet to write, one for each client. A write takes the client out of the cache of every
 * node, so that it comes a few seconds after the use: the requests of a login follow each other faster, and each of them
 * needs the client. What is not written when the node stops is written at the next use.
 */
final class LastUseNotes implements Runnable {

    static final Duration INTERVAL = Duration.ofSeconds(5);

    /** Reached only by a node that cannot write; the use of further clients is written at their next one. */
    private static final int MOST = 10_000;

    private final Map<String, LastUseNote> waiting = new ConcurrentHashMap<>();

    void add(LastUseNote note) {
        if (waiting.size() < MOST) {
            waiting.put(note.subject(), note);
        }
    }

    @Override
    public void run() {
        for (String subject : List.copyOf(waiting.keySet())) {
            Optional.ofNullable(waiting.remove(subject)).ifPresent(LastUseNote::write);
        }
    }
}
