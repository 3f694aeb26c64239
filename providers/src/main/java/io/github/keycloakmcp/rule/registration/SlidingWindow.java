package io.github.keycloakmcp.rule.registration;

import java.time.Duration;

/**
 * How many requests count at a moment, where they are counted in windows of fixed length: those of the present window, and
 * of the one before as large a part as the last {@code seconds} still cover. Without that part a sender could use the end
 * of one window and the beginning of the next, twice the limit within a moment.
 *
 * @param seconds length of a window
 */
public record SlidingWindow(int seconds) {

    /** The number of the window that {@code now}, in seconds since 1970, is in. */
    public long number(long now) {
        return now / seconds;
    }

    /**
     * The requests of the last {@code seconds}.
     *
     * @param before how many were counted in the window before
     * @param present how many are counted in the present one
     */
    public double used(int before, int present, long now) {
        return present + before * (1 - elapsed(now));
    }

    /** The time after which one more request is within {@code limit}, if nothing else is sent; a second at least. */
    public Duration wait(int limit, int before, int present, long now) {
        double fraction = present < limit
                // The part of this window in which enough of the last one is forgotten.
                ? 1 - (double) (limit - present) / before
                : 2 - (double) limit / present;
        double seconds = (fraction - elapsed(now)) * this.seconds;
        return Duration.ofSeconds(Math.max(1, (long) Math.floor(seconds) + 1));
    }

    private double elapsed(long now) {
        return (double) (now % seconds) / seconds;
    }
}
