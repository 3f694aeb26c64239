package io.github.keycloakmcp.rule.registration;

import java.util.List;
import java.util.Set;

import io.github.keycloakmcp.rule.Cases;
import io.github.keycloakmcp.rule.Chance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Which scopes a client gets, whatever it asks for. */
class ScopeRuleTest {

    private static final ScopeRule RULE = new ScopeRule(
            Set.of("basic", "profile"),
            Set.of("mcp:tools", "offline_access", "phone"),
            Set.of("mcp:tools"),
            Set.of("profile", "offline_access", "mcp:tools", "secret"));

    @Test
    void givesEveryClientTheForcedScopesAndTheRealmsDefaults() {
        assertThat(RULE.assign(List.of()).defaults()).containsExactly("basic", "mcp:tools", "profile");
        assertThat(RULE.assign(List.of("phone")).defaults()).containsExactly("basic", "mcp:tools", "profile");
    }

    @Test
    void offersWhatTheRealmOffersAndNothingTwice() {
        assertThat(RULE.assign(List.of()).optional()).containsExactly("offline_access", "phone");
    }

    @Test
    void reportsWhatTheMetadataAdvertisesToAClientThatNamesNone() {
        assertThat(RULE.assign(List.of()).reported()).containsExactly("mcp:tools", "offline_access", "profile");
    }

    @Test
    void reportsWhatTheClientMayUseOfWhatItNames() {
        assertThat(RULE.assign(List.of("phone", "phone", "admin", "secret", "")).reported())
                .containsExactly("phone", "mcp:tools");
        assertThat(RULE.assign(List.of("admin")).reported()).containsExactly("mcp:tools");
    }

    /** Some clients compare the answer with their request as text, and throw their tokens away where it differs. */
    @ParameterizedTest
    @ValueSource(strings = {"profile mcp:tools offline_access", "offline_access mcp:tools profile", "mcp:tools openid"})
    void reportsInTheOrderOfTheRequest(String scope) {
        assertThat(String.join(" ", RULE.assign(List.of(scope.split(" "))).reported()))
                .isEqualTo(scope);
    }

    @Test
    void reportsOpenidWhereItIsNamedButAssignsItNowhere() {
        AssignedScopes scopes = RULE.assign(List.of("openid", "profile"));
        assertThat(scopes.reported()).containsExactly("openid", "profile", "mcp:tools");
        assertThat(scopes.defaults()).doesNotContain("openid");
        assertThat(scopes.optional()).doesNotContain("openid");
    }

    @Test
    void givesTheOwnScopesOfMcpServersToAClientThatNamesThem() {
        ScopeRule rule = new ScopeRule(
                Set.of("basic"), Set.of("phone"), Set.of("mcp:tools"), Set.of("mcp:tools"), Set.of("a:read", "b:read"));
        AssignedScopes named = rule.assign(List.of("mcp:tools", "a:read", "admin"));
        assertThat(named.optional()).containsExactly("a:read", "phone");
        assertThat(named.reported()).containsExactly("mcp:tools", "a:read");
        assertThat(rule.assign(List.of()).optional()).containsExactly("phone");
    }

    @Test
    void assignsNothingInARealmWithoutScopes() {
        ScopeRule bare = new ScopeRule(Set.of(), Set.of(), Set.of(), Set.of());
        assertThat(bare.assign(List.of("admin"))).isEqualTo(new AssignedScopes(List.of(), List.of(), List.of()));
    }

    /** A realm and what a client asks of it; the few short names meet each other often. */
    record Asked(List<String> requested, Set<String> defaults, Set<String> optional, Set<String> forced) {

        static Asked by(Chance chance) {
            return new Asked(
                    chance.list(6, () -> name(chance)),
                    Set.copyOf(chance.list(4, () -> name(chance))),
                    Set.copyOf(chance.list(4, () -> name(chance))),
                    Set.copyOf(chance.list(2, () -> name(chance))));
        }

        private static String name(Chance chance) {
            return chance.joined(2, () -> chance.oneOf("a", "b", "C"));
        }
    }

    @Test
    void neverAssignsAScopeThatTheRealmDoesNotGiveToNewClients() {
        Cases.check(5_000, Asked::by, ScopeRuleTest::assertAssignsNothingElse);
    }

    private static void assertAssignsNothingElse(Asked asked) {
        AssignedScopes scopes =
                new ScopeRule(asked.defaults(), asked.optional(), asked.forced(), Set.of()).assign(asked.requested());
        assertThat(scopes.defaults())
                .containsAll(asked.forced())
                .containsAll(asked.defaults())
                .allMatch(scope ->
                        asked.defaults().contains(scope) || asked.forced().contains(scope));
        assertThat(scopes.optional()).isSubsetOf(asked.optional()).noneMatch(scopes.defaults()::contains);
        assertThat(scopes.reported())
                .containsAll(asked.forced())
                .allMatch(scope ->
                        scopes.defaults().contains(scope) || scopes.optional().contains(scope));
    }
}
