package io.github.keycloakmcp.rule.resource;

import java.util.List;
import java.util.Set;

import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.Verdict;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What scopes demand of a login. */
class LoginDemandTest {

    private static final LoginDemand FRESH = new LoginDemand("a:write", 0, 300);
    private static final LoginDemand STRONG = new LoginDemand("a:pay", 2, 0);

    @Test
    void theHighestLevelCounts() {
        assertThat(LoginDemand.highest(List.of(FRESH, new LoginDemand("a:read", 1, 0), STRONG)))
                .contains(STRONG);
        assertThat(LoginDemand.highest(List.of(FRESH))).isEmpty();
    }

    @Test
    void aLoginIsTooOldForTheStrictestScope() {
        List<LoginDemand> demands = List.of(STRONG, FRESH, new LoginDemand("a:slow", 0, 900));
        assertThat(LoginDemand.isTooOld(demands, 300)).isFalse();
        assertThat(LoginDemand.isTooOld(demands, 301)).isTrue();
        assertThat(LoginDemand.isTooOld(List.of(STRONG), Long.MAX_VALUE)).isFalse();
    }

    @Test
    void aScopeWithoutSettingsDemandsNothing() {
        assertThat(new LoginDemand("a", 0, 0).isAny()).isFalse();
        assertThat(FRESH.isAny()).isTrue();
        assertThat(STRONG.isAny()).isTrue();
    }

    @Test
    void aGrantWithoutALoginIsRefusedAScopeThatItNamesAndGoesWithoutOneThatItDoesNot() {
        CarriedScopes carried = new CarriedScopes(Set.of("b:read"));
        assertThat(carried.withoutLogin(List.of(FRESH, STRONG), Set.of("a:read", "a:pay"))
                        .reason())
                .hasValueSatisfying(refusal -> {
                    assertThat(refusal.code()).isEqualTo(RefusalCode.SCOPE_NEEDS_LOGIN);
                    assertThat(refusal.error()).isEqualTo("invalid_scope");
                    assertThat(refusal.description()).contains("a:pay");
                });
        assertThat(carried.withoutLogin(List.of(FRESH, STRONG), Set.of("a:read")))
                .isEqualTo(Verdict.allowed(new CarriedScopes(Set.of("a:write", "a:pay", "b:read"))));
        assertThat(carried.withoutLogin(List.of(new LoginDemand("b:read", 3, 0)), Set.of("b:read")))
                .as("the token would not carry it anyway")
                .isEqualTo(Verdict.allowed(carried));
    }

    @Test
    void refusalsNameTheScopeAndWhatTheAdministratorHasToDo() {
        assertThat(STRONG.lowerRequested().error()).isEqualTo("invalid_request");
        assertThat(STRONG.notReached().error()).isEqualTo("access_denied");
        assertThat(STRONG.notReached().description()).contains("a:pay");
        assertThat(new LoginDemand("a:pay", LoginDemand.UNKNOWN_LEVEL, 0)
                        .notReached()
                        .toString())
                .contains("ACR to LoA mapping");
    }
}
