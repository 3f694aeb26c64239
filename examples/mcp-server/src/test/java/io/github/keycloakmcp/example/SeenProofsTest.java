package io.github.keycloakmcp.example;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The memory of proofs is as long as needed and no longer. */
final class SeenProofsTest {

    private static final Instant NOW = TestProof.NOW;
    private static final Instant LATER = NOW.plusSeconds(300);

    @Test
    @DisplayName("a name is new once for each key")
    void onceForEachKey() {
        SeenProofs seen = new SeenProofs(Clock.fixed(NOW, ZoneOffset.UTC), 10);
        assertTrue(seen.isNew("key", "1", LATER));
        assertFalse(seen.isNew("key", "1", LATER));
        assertTrue(seen.isNew("other key", "1", LATER));
        assertTrue(seen.isNew("key", "2", LATER));
    }

    @Test
    @DisplayName("a full memory forgets the oldest, and only that")
    void full() {
        SeenProofs seen = new SeenProofs(Clock.fixed(NOW, ZoneOffset.UTC), 2);
        assertTrue(seen.isNew("key", "1", LATER));
        assertTrue(seen.isNew("key", "2", LATER));
        assertTrue(seen.isNew("key", "3", LATER));
        assertFalse(seen.isNew("key", "3", LATER));
        assertTrue(seen.isNew("key", "1", LATER));
    }

    @Test
    @DisplayName("what can no longer be accepted is forgotten")
    void ended() {
        Clock system = Clock.fixed(NOW, ZoneOffset.UTC);
        SeenProofs seen = new SeenProofs(Clock.offset(system, Duration.ZERO), 10);
        assertTrue(seen.isNew("key", "1", NOW.minusSeconds(1)));
        assertTrue(seen.isNew("key", "1", LATER));
        assertFalse(seen.isNew("key", "1", LATER));
    }
}
