package io.github.keycloakmcp.admin;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets few searches run on a node at the same moment; the others wait for their turn. A search of a large realm keeps one
 * processor of the database busy, and without turns, ten administrators who search would take all of them from users who log in.
 */
final class SearchTurn {

    private static final int AT_ONCE = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    /** Several turns, of which each ends after five seconds, and less than reverse proxies wait for an answer. */
    private static final int SECONDS = 30;

    private static final SearchTurn NODE = new SearchTurn(AT_ONCE, SECONDS * 1_000L);

    private final Semaphore free;
    private final long wait;

    /**
     * Turns of their own.
     *
     * @param atOnce how many searches run at the same moment
     * @param wait for how long the next one waits, in milliseconds
     */
    SearchTurn(int atOnce, long wait) {
        this.free = new Semaphore(atOnce, true);
        this.wait = wait;
    }

    /** The turns of this node. */
    static SearchTurn ofNode() {
        return NODE;
    }

    /** Searches when it is its turn; empty if it has not come in time. */
    <T> Optional<T> take(Supplier<T> search) {
        boolean ours;
        try {
            ours = free.tryAcquire(wait, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ours = false;
        }
        if (!ours) {
            return Optional.empty();
        }
        try {
            return Optional.of(search.get());
        } finally {
            free.release();
        }
    }
}
