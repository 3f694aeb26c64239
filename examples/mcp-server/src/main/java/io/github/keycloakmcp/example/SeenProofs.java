package io.github.keycloakmcp.example;

import java.time.Clock;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Proofs that this server has accepted, so that each of them opens it once (RFC 9449 §11.1). They are kept for as long as
 * their time could be accepted again. If there are too many, the oldest is forgotten: its digest still allows the same
 * body only. A server of several nodes would need a memory that they share.
 */
final class SeenProofs {

    private final Map<String, Instant> untilById = new LinkedHashMap<>();
    private final Clock clock;
    private final int most;

    SeenProofs(Clock clock, int most) {
        this.clock = clock;
        this.most = most;
    }

    /** Returns whether the proof is new, and remembers it. Each key has its own names: clients cannot block each other. */
    synchronized boolean isNew(String thumbprint, String jti, Instant until) {
        forgetOld();
        return untilById.putIfAbsent(thumbprint + ' ' + jti, until) == null;
    }

    /** The times of arrival are in order, those of the end nearly: what ends early behind another stays a little longer. */
    private void forgetOld() {
        Iterator<Instant> oldest = untilById.values().iterator();
        while (oldest.hasNext()) {
            boolean ended = oldest.next().isBefore(clock.instant());
            if (!ended && untilById.size() < most) {
                return;
            }
            oldest.remove();
        }
    }
}
