package io.github.keycloakmcp.fetch;

import java.time.Duration;

/** The time limit for several steps together. */
public final class Deadline {

    /** For one answer, from the first look-up of a name to the last byte. */
    static final Duration LIMIT = Duration.ofSeconds(5);

    private final long end;

    private Deadline(long end) {
        this.end = end;
    }

    /** The moment in that time from now. */
    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    public long nanosLeft() {
        return Math.max(0, end - System.nanoTime());
    }
}
