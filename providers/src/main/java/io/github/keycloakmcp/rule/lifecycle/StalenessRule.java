package io.github.keycloakmcp.rule.lifecycle;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Decides which clients are not needed any more.
 *
 * @param unused how long a client is kept after its last use; zero for ever
 * @param neverUsed how long one is kept that has registered and was never used; zero for ever
 * @param withSessions whether clients go that still have sessions
 */
public record StalenessRule(Duration unused, Duration neverUsed, boolean withSessions) {

    /** What becomes of a client. */
    public enum Fate {
        /** As far as the server can tell, it is in use. */
        KEPT,
        /** It is disabled: an administrator's decision, which has to outlive the client's own life. */
        KEPT_DISABLED,
        /** A token can still be refreshed. */
        KEPT_IN_SESSION,
        STALE
    }

    /**
     * Judges a client that registered itself.
     *
     * @param enabled whether it may be used at all; registering again brings a removed client back, a disabled one not
     * @param inSession asked only where it decides
     */
    public Fate judge(ClientUse use, long now, boolean enabled, BooleanSupplier inSession) {
        Duration kept = use.wasUsed() ? unused : neverUsed;
        if (kept.isZero() || now - use.lastSign() < kept.toSeconds()) {
            return Fate.KEPT;
        }
        if (!enabled) {
            return Fate.KEPT_DISABLED;
        }
        return !withSessions && inSession.getAsBoolean() ? Fate.KEPT_IN_SESSION : Fate.STALE;
    }
}
