package io.github.keycloakmcp.rule;

import org.junit.jupiter.api.Test;

import static io.github.keycloakmcp.rule.Verdicts.decidedBy;
import static io.github.keycloakmcp.rule.Verdicts.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;

/** What happens when rules are put in a row. */
class VerdictTest {

    private static final Refusal NO = new Refusal("invalid_target", "no", "hint", "RFC 8707 section 2");

    @Test
    void goesOnWhereTheFirstRuleAllows() {
        Verdict<String> verdict = Verdict.allowed(20).then(value -> Verdict.allowed("" + (value + 1)));
        assertThat(decidedBy(verdict)).isEqualTo("21");
    }

    @Test
    void keepsTheFirstRefusalAndAsksNobodyElse() {
        Verdict<String> verdict = Verdict.<Integer>refused(NO).then(value -> {
            throw new AssertionError("asked with " + value);
        });
        assertThat(refusalOf(verdict)).isEqualTo(NO);
    }
}
