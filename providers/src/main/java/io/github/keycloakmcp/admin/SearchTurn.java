package io.github.keycloakmcp.admin;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets few searches run on a node at the same moment, with a rest after each; the others wait for their turn. A search of a large
 * realm keeps one processor of the database busy, and without turns, ten administrators who search would take all of them from
 * users who log in. Without the rest, they would take one all the time, and the slowest logins would take twice as long.
 */
final class SearchTurn {

    private static final int AT_ONCE = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    /** How many times as long as a search the rest is: searches that follow each other have a third of a processor. */
    private static final int REST = 2;

    /** A rest is never longer, so that those who wait come to their turn even if each search takes seconds. */
    private static final long LONGEST_REST = TimeUnit.SECONDS.toNanos(1);

    /** Several turns, of which each ends after five seconds, and less than reverse proxies wait for an answer. */
    private static final int SECONDS = 30;

    private static final SearchTurn NODE = new SearchTurn(AT_ONCE, REST, TimeUnit.SECONDS.toNanos(SECONDS));

    /** Those who wait come one after the other. */
    private final Semaphore free;

    /** When each free turn may begin, on the clock of {@link System#nanoTime()}; the first comes first. */
    private final Queue<Long> begins = new PriorityBlockingQueue<>(AT_ONCE, (a, b) -> Long.signum(a - b));

    private final int rest;
    private final long wait;

    /**
     * Turns of their own.
     *
     * @param atOnce how many searches run at the same moment
     * @param rest how many times as long as a search its turn then rests, at most a second
     * @param wait for how long the next one waits, in nanoseconds
     */
    SearchTurn(int atOnce, int rest, long wait) {
        this.free = new Semaphore(atOnce, true);
        this.rest = rest;
        this.wait = wait;
        for (int i = 0; i < atOnce; i++) {
            begins.add(System.nanoTime());
        }
    }

    /** The turns of this node. */
    static SearchTurn ofNode() {
        return NODE;
    }

    /** Searches when it is its turn; empty if it has not come in time. */
    <T> Optional<T> take(Supplier<T> search) {
        long latest = System.nanoTime() + wait;
        try {
            return free.tryAcquire(wait, TimeUnit.NANOSECONDS) ? inTurn(search, latest) : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private <T> Optional<T> inTurn(Supplier<T> search, long latest) throws InterruptedException {
        long turn = begins.remove();
        try {
            if (turn - latest > 0) {
                return Optional.empty();
            }
            TimeUnit.NANOSECONDS.sleep(turn - System.nanoTime());
            long begin = System.nanoTime();
            try {
                return Optional.of(search.get());
            } finally {
                long end = System.nanoTime();
                turn = end + Math.min(LONGEST_REST, rest * (end - begin));
            }
        } finally {
            begins.add(turn);
            free.release();
        }
    }
}
