package io.github.keycloakmcp.rule;

import static org.assertj.core.api.Assertions.assertThat;

/** Takes a verdict apart in a test, and fails with the refusal's own words where it is the other one. */
public final class Verdicts {

    private Verdicts() {}

    /** What {@code verdict} decided; fails where it refuses. */
    public static <T> T decidedBy(Verdict<T> verdict) {
        if (verdict instanceof Verdict.Refused<T> refused) {
            throw new AssertionError("refused: " + refused.refusal());
        }
        return ((Verdict.Allowed<T>) verdict).value();
    }

    /** Why {@code verdict} refuses; fails where it allows. */
    public static <T> Refusal refusalOf(Verdict<T> verdict) {
        if (verdict instanceof Verdict.Allowed<T> allowed) {
            throw new AssertionError("allowed: " + allowed.value());
        }
        return ((Verdict.Refused<T>) verdict).refusal();
    }

    /** Asserts that {@code verdict} refuses with {@code error}, and that the description names the problem. */
    public static void assertRefused(Verdict<?> verdict, String error, String problem) {
        Refusal refusal = refusalOf(verdict);
        assertThat(refusal.error()).as(refusal.description()).isEqualTo(error);
        assertThat(refusal.description()).contains(problem);
        assertThat(refusal.detail()).isNotBlank();
        assertThat(refusal.section()).startsWith("RFC ");
    }
}
