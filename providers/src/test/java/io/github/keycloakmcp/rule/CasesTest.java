package io.github.keycloakmcp.rule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Generated cases are many, different, repeatable, and known when they fail. */
class CasesTest {

    @Test
    void makesTheSameCasesInEveryRun() {
        List<String> once = new ArrayList<>();
        List<String> again = new ArrayList<>();
        Cases.check(1_000, chance -> chance.text(20), once::add);
        Cases.check(1_000, chance -> chance.text(20), again::add);
        assertThat(again).isEqualTo(once);
        assertThat(new HashSet<>(once)).hasSizeGreaterThan(800);
    }

    @Test
    void reachesEveryChoice() {
        List<String> drawn = new ArrayList<>();
        Cases.check(200, chance -> chance.oneOf("a", "b", "c") + chance.upTo(2), drawn::add);
        assertThat(drawn).contains("a0", "a1", "a2", "b0", "b1", "b2", "c0", "c1", "c2");
    }

    @Test
    void namesTheSeedAndTheCaseThatFails() {
        assertThatThrownBy(() -> Cases.check(
                        1, chance -> "a\u202e", text -> assertThat(text).isEqualTo("b")))
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching("does not hold for seed -?\\d+: a\\\\u202e")
                .hasCauseInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> Cases.check(1, chance -> "a", text -> Integer.parseInt(text)))
                .isInstanceOf(AssertionError.class)
                .hasCauseInstanceOf(NumberFormatException.class);
    }
}
