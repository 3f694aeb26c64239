package io.github.keycloakmcp.tests.integration.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Choices by chance, the same for the same seed, and a record of them for the message of a failure. */
final class Dice {

    private final Random random;
    private final List<String> thrown = new ArrayList<>();

    Dice(long seed) {
        // Neighbouring seeds begin with similar numbers.
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    /** One of the options, each as likely as the others. */
    @SafeVarargs
    final <T> T choose(String what, T... options) {
        T chosen = options[random.nextInt(options.length)];
        thrown.add(what + " " + chosen);
        return chosen;
    }

    /** True once in so many times. */
    boolean rarely(String what, int times) {
        boolean chosen = random.nextInt(times) == 0;
        if (chosen) {
            thrown.add(what);
        }
        return chosen;
    }

    @Override
    public String toString() {
        return String.join("; ", thrown);
    }
}
