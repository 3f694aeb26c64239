package io.github.keycloakmcp.rule.consent;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a user leaves out on the consent page. */
class ScopeChoiceTest {

    private static final List<String> OFFERED = List.of("a:read", "a:write");

    @Test
    void whatIsNotSelectedIsLeftOut() {
        ScopeChoice choice = ScopeChoice.of(OFFERED, false, List.of("a:read"));
        assertThat(choice.leftOut()).containsExactly("a:write");
        assertThat(choice.nothing()).isFalse();
        assertThat(choice.in("openid a:read a:write")).isEqualTo("openid a:read");
    }

    @Test
    void nothingSelectedMeansNo() {
        assertThat(ScopeChoice.of(OFFERED, false, List.of())).isEqualTo(new ScopeChoice(Set.copyOf(OFFERED), true));
        assertThat(ScopeChoice.of(OFFERED, false, List.of("b:read")).nothing()).isTrue();
    }

    @Test
    void nothingSelectedBesideWhatWasApprovedBeforeLeavesThat() {
        ScopeChoice choice = ScopeChoice.of(List.of("a:write"), true, List.of());
        assertThat(choice).isEqualTo(new ScopeChoice(Set.of("a:write"), false));
        assertThat(choice.in("a:read a:write")).isEqualTo("a:read");
    }

    @Test
    void whatWasNotOfferedCannotBeSelectedAndWhatWasNotAskedStays() {
        assertThat(ScopeChoice.of(OFFERED, false, List.of("a:read", "a:write", "admin")))
                .isEqualTo(ScopeChoice.ALL);
        assertThat(ScopeChoice.of(List.of(), false, List.of())).isEqualTo(ScopeChoice.ALL);
        assertThat(ScopeChoice.of(List.of(), true, List.of("a:read"))).isEqualTo(ScopeChoice.ALL);
    }
}
