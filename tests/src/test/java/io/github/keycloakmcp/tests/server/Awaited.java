package io.github.keycloakmcp.tests.server;

import java.time.Duration;
import java.time.Instant;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Waits for what a server does in its own time. */
public final class Awaited {

    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private Awaited() {}

    /** Repeats the assertions until they hold; fails as they last did when that takes too long. */
    public static void untilAsserted(ThrowingCallable assertions) {
        untilAsserted(LONGEST, assertions);
    }

    /** The same for what may take longer. */
    public static void untilAsserted(Duration longest, ThrowingCallable assertions) {
        Instant end = Instant.now().plus(longest);
        while (true) {
            try {
                assertions.call();
                return;
            } catch (AssertionError e) {
                if (Instant.now().isAfter(end)) {
                    throw e;
                }
                pause();
            } catch (Throwable e) {
                throw new AssertionError("cannot be asserted", e);
            }
        }
    }

    /** Waits for a moment, before the next look. */
    public static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
