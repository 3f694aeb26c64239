package io.github.keycloakmcp.rule;

import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Thousands of generated cases for what must hold always. They are the same in every run; {@code -Dcases.seed=} starts
 * with others. A failure names the seed of its case and shows it, so that {@code -Dcases.only=} runs that one again.
 */
public final class Cases {

    private static final long SEED = Long.getLong("cases.seed", 8707L);

    private Cases() {}

    /** Makes {@code tries} cases, each from a seed of its own, and checks all of them. */
    public static <T> void check(int tries, Function<Chance, T> generator, Consumer<T> property) {
        Long only = Long.getLong("cases.only");
        Random seeds = new Random(SEED);
        for (int i = 0; i < tries; i++) {
            long seed = only == null ? seeds.nextLong() : only;
            T generated = generator.apply(new Chance(new Random(seed)));
            try {
                property.accept(generated);
            } catch (AssertionError | RuntimeException | StackOverflowError e) {
                throw new AssertionError("does not hold for seed " + seed + ": " + shown(generated), e);
            }
        }
    }

    /** Every character that is not plain ASCII as an escape, so that a log shows what the case really is. */
    static String shown(Object generated) {
        StringBuilder text = new StringBuilder();
        String.valueOf(generated)
                .chars()
                .forEach(c -> text.append(c >= 0x20 && c <= 0x7e ? "" + (char) c : "\\u%04x".formatted(c)));
        return text.toString();
    }
}
