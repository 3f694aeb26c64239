package io.github.keycloakmcp.rule.resource;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.ScopeList;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.resource.ActorChain.Actor;
import io.github.keycloakmcp.rule.resource.Delegation.Allowance;
import io.github.keycloakmcp.rule.resource.Delegation.Subject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.github.keycloakmcp.rule.Verdicts.assertRefused;
import static io.github.keycloakmcp.rule.Verdicts.decidedBy;
import static io.github.keycloakmcp.rule.Verdicts.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;

/** What a client may do for a user with the token of another client. */
class DelegationTest {

    private static final Actor AGENT = new Actor("id-agent", "agent");

    /** Scopes of the token, in the table: read and write open the server, write needs a role, profile opens nothing. */
    private static List<McpScope> scopes(boolean agentHasRole) {
        return List.of(
                new McpScope("read", true, true, true, List.of()),
                new McpScope("write", true, true, agentHasRole, List.of("writer")),
                new McpScope("profile", false, false, true, List.of()));
    }

    @ParameterizedTest(name = "token with {0}, agent with role: {1}, request: {2}, allowance: {3}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            read write profile | true  | -     | -     | read write profile
            read write profile | false | -     | -     | read profile
            read write profile | true  | write | -     | read write profile
            read profile       | true  | -     | -     | read profile
            read profile       | true  | read  | -     | read profile
            read               | true  | -     | -     | read
            read               | true  | -     | write | read write
            read               | true  | write | write | read write
            read               | false | -     | write | read
            write              | true  | -     | -     | write
            profile            | true  | -     | read  | read profile
            profile            | true  | -     | *     | read write profile
            -                  | false | write | *     | read write profile
            """)
    void theTokenHasWhatBothMayHave(
            @Nullable String subject, boolean role, @Nullable String requested, @Nullable String more, String left) {
        CarriedScopes carried = decidedBy(narrow(subject, role, requested, more));
        assertThat(carried.in("read write profile")).isEqualTo(left);
    }

    @ParameterizedTest(name = "token with {0}, agent with role: {1}, request: {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            read          | true  | write      | invalid_scope | DELEGATION_SCOPE_REFUSED | scope write is not
            read          | true  | read write | invalid_scope | DELEGATION_SCOPE_REFUSED | scope write is not
            read          | true  | profile    | invalid_scope | DELEGATION_SCOPE_REFUSED | scope profile is not
            profile       | true  | -          | invalid_scope | DELEGATION_SCOPE_REFUSED | no scope that opens
            -             | true  | -          | invalid_scope | DELEGATION_SCOPE_REFUSED | no scope that opens
            READ          | true  | -          | invalid_scope | DELEGATION_SCOPE_REFUSED | no scope that opens
            reader        | true  | -          | invalid_scope | DELEGATION_SCOPE_REFUSED | no scope that opens
            write         | false | -          | access_denied | DELEGATION_ROLE_MISSING  | a required role is missing
            write profile | false | write      | access_denied | DELEGATION_ROLE_MISSING  | a required role is missing
            """)
    void whatNotBothMayHaveIsRefused(
            @Nullable String subject,
            boolean role,
            @Nullable String requested,
            String error,
            RefusalCode code,
            String text) {
        Verdict<CarriedScopes> verdict = narrow(subject, role, requested, null);
        assertRefused(verdict, error, text);
        assertThat(refusalOf(verdict).code()).isEqualTo(code);
        assertThat(refusalOf(verdict).role()).isEqualTo(code == RefusalCode.DELEGATION_ROLE_MISSING ? "writer" : "");
    }

    @Test
    void theActingClientStandsInFrontOfThoseThatActedBefore() {
        Map<String, Object> before = Map.of("sub", "id-before", "client_id", "before");
        assertThat(chain(subject("caller", null, null))).containsExactly("agent");
        assertThat(chain(subject("caller", before, null))).containsExactly("agent", "before");
        assertThat(chain(subject("agent", before, Map.of("sub", "id-other")))).containsExactly("before");
    }

    /** A scope that the token does not have anyway neither opens the server nor is too wide. */
    @ParameterizedTest(name = "token with {0}, without {1}, request: {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            profile | read write | -     | profile
            read    | write      | write | read
            """)
    void whatIsLeftOutAlreadyDoesNotCount(String subject, String leftOut, @Nullable String requested, String left) {
        CarriedScopes before = new CarriedScopes(ScopeList.names(leftOut));
        Verdict<CarriedScopes> verdict =
                delegation(subject, Allowance.NONE).narrow(before, scopes(true), ScopeList.names(requested));
        assertThat(decidedBy(verdict).in("read write profile")).isEqualTo(left);
    }

    @Test
    void whatIsLeftOutAlreadyStaysOut() {
        Delegation delegation = delegation("read write", Allowance.NONE);
        CarriedScopes before = new CarriedScopes(Set.of("write"));
        assertThat(decidedBy(delegation.narrow(before, scopes(false), Set.of())).in("read write profile"))
                .isEqualTo("read");
    }

    @Test
    void aClientThatExchangesItsOwnTokenActsForNoOtherClient() {
        assertThat(decidedBy(Delegation.decide(subject("agent", null, null), AGENT, Allowance.NONE)))
                .isEmpty();
    }

    /** Else a second exchange would take away the limits of the first. */
    @Test
    void aClientThatExchangesItsDelegatedTokenKeepsChainAndLimits() {
        Map<String, Object> act = Map.of("sub", "id-agent", "client_id", "agent");
        Delegation again = decidedBy(Delegation.decide(subject("agent", act, null), AGENT, Allowance.NONE))
                .orElseThrow();
        assertThat(again.chain().claim()).isEqualTo(act);
        assertRefused(again.narrow(CarriedScopes.ALL, scopes(true), Set.of("write")), "invalid_scope", "write");
    }

    @ParameterizedTest
    @CsvSource({"id-agent, true", "agent, true", "id-other, false", "ID-AGENT, false", "'', false"})
    void aTokenThatNamesItsActorsIsForThem(String sub, boolean allowed) {
        Delegation delegation = decidedBy(
                        Delegation.decide(subject("caller", null, Map.of("sub", sub)), AGENT, Allowance.NONE))
                .orElseThrow();
        Verdict<ResourceBinding> verdict = delegation.admit(binding("a"), role -> true);
        if (allowed) {
            assertThat(decidedBy(verdict)).isEqualTo(binding("a"));
        } else {
            assertRefused(verdict, "invalid_request", "may_act");
        }
    }

    @Test
    void aTokenIsForOneServer() {
        assertRefused(
                delegation("read", Allowance.NONE).admit(binding("a", "b"), role -> true), "invalid_target", "one");
    }

    @Test
    void theRoleOfTheServerIsNeededByBoth() {
        Delegation delegation = delegation("read", Allowance.NONE);
        assertThat(decidedBy(delegation.admit(binding("a"), "role-a"::equals))).isEqualTo(binding("a"));
        Verdict<ResourceBinding> verdict = delegation.admit(binding("a"), "role-b"::equals);
        assertRefused(verdict, "access_denied", "acts for the user");
        assertThat(refusalOf(verdict).role()).isEqualTo("role-a");
        Delegation unlimited = delegation("read", new Allowance(Set.of(), true));
        assertThat(decidedBy(unlimited.admit(binding("a"), role -> false))).isEqualTo(binding("a"));
    }

    private static Verdict<CarriedScopes> narrow(
            @Nullable String subject, boolean role, @Nullable String requested, @Nullable String more) {
        boolean unlimited = "*".equals(more);
        Allowance allowance = new Allowance(unlimited ? Set.of() : ScopeList.names(more), unlimited);
        return delegation(subject, allowance).narrow(CarriedScopes.ALL, scopes(role), ScopeList.names(requested));
    }

    private static Delegation delegation(@Nullable String scopes, Allowance allowance) {
        Subject subject = new Subject("caller", null, null, ScopeList.names(scopes));
        Optional<Delegation> delegation = decidedBy(Delegation.decide(subject, AGENT, allowance));
        return delegation.orElseThrow();
    }

    private static List<String> chain(Subject subject) {
        return decidedBy(Delegation.decide(subject, AGENT, Allowance.NONE))
                .orElseThrow()
                .chain()
                .actors();
    }

    private static Subject subject(String client, @Nullable Object act, @Nullable Object mayAct) {
        return new Subject(client, act, mayAct, Set.of("read"));
    }

    private static ResourceBinding binding(String... names) {
        Set<McpServer> servers = Stream.of(names)
                .map(name -> new McpServer(
                        decidedBy(ResourceIndicator.parse("https://" + name + ".example/mcp")),
                        new McpServer.Client("client-" + name, "role-" + name)))
                .collect(Collectors.toSet());
        return new ResourceBinding(servers, servers);
    }
}
