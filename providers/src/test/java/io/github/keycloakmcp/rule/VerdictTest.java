package io.github.keycloakmcp.rule;

import java.util.List;

import org.junit.jupiter.api.Test;

import static io.github.keycloakmcp.rule.Verdicts.decidedBy;
import static io.github.keycloakmcp.rule.Verdicts.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What happens when rules are put in a row. */
class VerdictTest {

    private static final Refusal NO =
            new Refusal(RefusalCode.RESOURCE_UNKNOWN, "invalid_target", "no", "hint", "RFC 8707 section 2");

    @Test
    void goesOnWhereTheFirstRuleAllows() {
        Verdict<String> verdict = Verdict.allowed(20).then(value -> Verdict.allowed("" + (value + 1)));
        assertThat(decidedBy(verdict)).isEqualTo("21");
    }

    @Test
    void handsOverWhatWasDecidedAndThrowsWhatARefusalIsMadeInto() {
        assertThat(Verdict.allowed(20).orThrow(refusal -> new IllegalStateException(refusal.description())))
                .isEqualTo(20);
        assertThatThrownBy(
                        () -> Verdict.refused(NO).orThrow(refusal -> new IllegalStateException(refusal.description())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no");
        assertThat(Verdict.allowed(20).decided()).contains(20);
        assertThat(Verdict.refused(NO).decided()).isEmpty();
    }

    @Test
    void decidesAboutAllValuesOrRefusesTheFirstThatIsWrong() {
        assertThat(decidedBy(Verdict.all(List.of(1, 2), value -> Verdict.allowed("" + value))))
                .containsExactly("1", "2");
        assertThat(refusalOf(Verdict.all(List.of(1, 2, 3), value -> {
                    assertThat(value).isLessThan(3);
                    return value == 2 ? Verdict.refused(NO) : Verdict.allowed(value);
                })))
                .isEqualTo(NO);
    }

    @Test
    void keepsTheFirstRefusalAndAsksNobodyElse() {
        Verdict<String> verdict = Verdict.<Integer>refused(NO).then(value -> {
            throw new AssertionError("asked with " + value);
        });
        assertThat(refusalOf(verdict)).isEqualTo(NO);
    }
}
