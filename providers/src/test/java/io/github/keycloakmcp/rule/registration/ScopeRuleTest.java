package io.github.keycloakmcp.rule.registration;

import java.util.List;
import java.util.Set;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

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
                .containsExactly("mcp:tools", "phone");
        assertThat(RULE.assign(List.of("admin")).reported()).containsExactly("mcp:tools");
    }

    @Test
    void reportsOpenidWhereItIsNamedButAssignsItNowhere() {
        AssignedScopes scopes = RULE.assign(List.of("openid", "profile"));
        assertThat(scopes.reported()).containsExactly("mcp:tools", "openid", "profile");
        assertThat(scopes.defaults()).doesNotContain("openid");
        assertThat(scopes.optional()).doesNotContain("openid");
    }

    @Test
    void assignsNothingInARealmWithoutScopes() {
        ScopeRule bare = new ScopeRule(Set.of(), Set.of(), Set.of(), Set.of());
        assertThat(bare.assign(List.of("admin"))).isEqualTo(new AssignedScopes(List.of(), List.of(), List.of()));
    }

    @Property
    void neverAssignsAScopeThatTheRealmDoesNotGiveToNewClients(
            @ForAll List<@StringLength(max = 2) @AlphaChars String> requested,
            @ForAll Set<@StringLength(max = 2) @AlphaChars String> defaults,
            @ForAll Set<@StringLength(max = 2) @AlphaChars String> optional,
            @ForAll Set<@StringLength(max = 2) @AlphaChars String> forced) {
        AssignedScopes scopes = new ScopeRule(defaults, optional, forced, Set.of()).assign(requested);
        assertThat(scopes.defaults())
                .containsAll(forced)
                .containsAll(defaults)
                .allMatch(scope -> defaults.contains(scope) || forced.contains(scope));
        assertThat(scopes.optional()).isSubsetOf(optional).noneMatch(scopes.defaults()::contains);
        assertThat(scopes.reported())
                .containsAll(forced)
                .allMatch(scope ->
                        scopes.defaults().contains(scope) || scopes.optional().contains(scope));
    }
}
