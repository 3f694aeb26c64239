package io.github.keycloakmcp.rule.lifecycle;

import java.time.Duration;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * When a client registered and when it was last used, in seconds since 1970.
 *
 * @param registered the last time it registered
 * @param lastUsed the last use that was written down; {@link #NEVER} if there was none
 */
public record ClientUse(long registered, long lastUsed) {

    public static final long NEVER = 0;

    /** What cannot be read happened at the end of time: such a client is kept, and its next use puts it right. */
    private static final long UNREADABLE = Long.MAX_VALUE;

    private static final Pattern SECONDS = Pattern.compile("\\d{1,12}");

    /** Reads what is written on the client; null where nothing is. */
    public static ClientUse read(@Nullable String registered, @Nullable String lastUsed) {
        return new ClientUse(time(registered), time(lastUsed));
    }

    /** Tells whether a use at {@code now} is to be written down, or one not longer ago than {@code interval} stands for it. */
    public boolean isDue(long now, Duration interval) {
        return isDue(lastUsed, now, interval);
    }

    /** The same for one more registration of a client that several parties share. */
    public boolean isRegistrationDue(long now, Duration interval) {
        return isDue(registered, now, interval);
    }

    public boolean wasUsed() {
        return lastUsed != NEVER;
    }

    /** The last sign that the client is in use. */
    public long lastSign() {
        return Math.max(registered, lastUsed);
    }

    private static boolean isDue(long written, long now, Duration interval) {
        return written > now || now - written >= interval.toSeconds();
    }

    private static long time(@Nullable String written) {
        if (written == null || written.isEmpty()) {
            return NEVER;
        }
        return SECONDS.matcher(written).matches() ? Long.parseLong(written) : UNREADABLE;
    }
}
