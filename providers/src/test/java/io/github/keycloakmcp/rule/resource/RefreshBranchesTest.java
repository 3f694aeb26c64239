package io.github.keycloakmcp.rule.resource;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Which refresh token is over after another one was used twice. */
class RefreshBranchesTest {

    private static final RefreshBranches NOTHING = RefreshBranches.parse(null);

    @Test
    void usingOneOfTwoSuccessorsEndsTheOther() {
        RefreshBranches both = NOTHING.after("t", "first").after("t", "second");
        assertThat(both.after("first", "x").isEnded("second")).isTrue();
        assertThat(both.after("first", "x").isEnded("first")).isFalse();
        assertThat(both.after("second", "x").isEnded("first")).isTrue();
    }

    @Test
    void nothingEndsBeforeOneOfThemIsUsed() {
        RefreshBranches both = NOTHING.after("t", "first").after("t", "second");
        assertThat(both.ended()).isEmpty();
    }

    @Test
    void rotationWithoutASecondUseEndsNothing() {
        assertThat(NOTHING.after("t", "a").after("a", "b").after("b", "c").ended())
                .isEmpty();
    }

    @Test
    void anEndedBranchStaysOverWhenTheNextTokenIsSentTwiceAsWell() {
        RefreshBranches again = NOTHING.after("t", "first")
                .after("t", "second")
                .after("first", "a")
                .after("first", "b")
                .after("b", "c");
        assertThat(List.of("second", "a")).allMatch(again::isEnded);
        assertThat(List.of("b", "c")).noneMatch(again::isEnded);
    }

    @Test
    void whatIsKeptIsBounded() {
        RefreshBranches kept = NOTHING;
        for (int i = 0; i < 100; i++) {
            kept = kept.after("t" + i, "lost" + i).after("t" + i, "t" + (i + 1));
        }
        assertThat(kept.ended()).hasSize(8).startsWith("lost98");
    }

    @Test
    void aTextSaysTheSame() {
        RefreshBranches kept = NOTHING.after("t", "first").after("t", "second").after("first", "x");
        assertThat(RefreshBranches.parse(kept.text())).isEqualTo(kept);
        assertThat(RefreshBranches.parse(NOTHING.text())).isEqualTo(NOTHING);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "a", "a|b", "a|b|c|d"})
    void anyOtherTextSaysNothing(String text) {
        assertThat(RefreshBranches.parse(text)).isEqualTo(NOTHING);
    }
}
