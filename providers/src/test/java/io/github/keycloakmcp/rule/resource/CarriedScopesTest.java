package io.github.keycloakmcp.rule.resource;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Three servers, four scopes of their own and one general scope: what a token for one of the servers carries. */
class CarriedScopesTest {

    private static final Map<String, McpServer> SERVERS = Map.of(
            "A",
            server("https://a.example/mcp"),
            "B",
            server("https://b.example/mcp"),
            "C",
            server("https://c.example/mcp"));

    /** Which servers define a scope, and the role that it needs. */
    private static final Map<String, Own> OWN = Map.of(
            "a:read", new Own("A", ""),
            "a:write", new Own("A", "writer"),
            "b:read", new Own("B", ""),
            "both:search", new Own("AB", "searcher"));

    private record Own(String servers, String role) {}

    /** The scopes are those of the request; {@code mcp:tools} opens every server. */
    @ParameterizedTest(name = "for {0}: {1} as {2} -> {3}")
    @CsvSource(textBlock = """
            # for, requested,                                role,     carried
            A,     mcp:tools,                                none,     mcp:tools
            C,     mcp:tools,                                none,     mcp:tools
            A,     mcp:tools a:read,                         none,     a:read
            A,     a:read,                                   none,     a:read
            A,     mcp:tools a:read a:write,                 none,     a:read
            A,     mcp:tools a:read a:write,                 writer,   a:read a:write
            A,     mcp:tools a:write,                        none,     role-missing
            A,     mcp:tools a:write both:search,            none,     role-missing
            A,     mcp:tools a:write both:search,            searcher, both:search
            A,     mcp:tools b:read,                         none,     scope-of-another-server
            A,     mcp:tools a:read b:read,                  none,     scope-of-another-server
            B,     mcp:tools b:read both:search,             none,     b:read
            B,     mcp:tools b:read both:search,             searcher, b:read both:search
            B,     mcp:tools a:write,                        writer,   scope-of-another-server
            C,     mcp:tools both:search,                    searcher, scope-of-another-server
            AB,    mcp:tools both:search,                    searcher, both:search
            AB,    mcp:tools a:read both:search,             searcher, scope-of-another-server
            """)
    void carriesWhatTheServerDefinesAndTheRolesAllow(String target, String requested, String role, String carried) {
        Set<String> scopes = Set.of(requested.split(" "));
        assertThat(told(requested, decide(target, requested, role, scopes))).isEqualTo(carried);
    }

    /** A default scope of the client, or what an earlier login asked for, must not end a session. */
    @ParameterizedTest(name = "for {0}: {1} -> {2}")
    @CsvSource(textBlock = """
            A,     mcp:tools b:read,                         mcp:tools
            A,     mcp:tools a:read b:read,                  a:read
            A,     mcp:tools a:write b:read,                 role-missing
            C,     mcp:tools a:read b:read,                  mcp:tools
            """)
    void leavesOutWhatTheRequestDoesNotNameItself(String target, String requested, String carried) {
        assertThat(told(requested, decide(target, requested, "none", Set.of()))).isEqualTo(carried);
    }

    @Test
    void tellsWhichScopeIsNotOfTheServer() {
        assertThat(decide("A", "b:read", "none", Set.of("b:read")))
                .isInstanceOfSatisfying(Verdict.Refused.class, refused -> {
                    assertThat(refused.refusal().error()).isEqualTo("invalid_scope");
                    assertThat(refused.refusal().code()).isEqualTo(RefusalCode.SCOPE_OF_ANOTHER_SERVER);
                    assertThat(refused.refusal().description()).contains("b:read", "https://a.example/mcp");
                });
    }

    @Test
    void tellsTheMissingRole() {
        assertThat(decide("A", "a:write both:search", "none", Set.of()))
                .isInstanceOfSatisfying(Verdict.Refused.class, refused -> {
                    assertThat(refused.refusal().error()).isEqualTo("access_denied");
                    assertThat(refused.refusal().role()).isEqualTo("writer or searcher");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "openid mcp:tools a:read, openid mcp:tools a:read, openid a:read",
        "openid mcp:tools a:read everything, openid mcp:tools a:read, openid a:read",
        "a:read, openid mcp:tools a:read, a:read",
        "everything, '', ''",
        "'', openid a:read, ''"
    })
    void leavesOutWhatWasWrittenIntoTheTokenWithoutAGrant(String inToken, String granted, String carried) {
        assertThat(new CarriedScopes(Set.of("mcp:tools")).in(inToken, granted)).isEqualTo(carried);
    }

    /** Also where every granted scope is carried. */
    @ParameterizedTest
    @CsvSource({
        "openid a:read, openid a:read, openid a:read",
        "openid a:read everything, openid a:read, openid a:read",
        "a:read openid, openid a:read, a:read openid",
        "openid, openid a:read, openid",
        "everything, '', ''"
    })
    void leavesOutWhatWasNotGrantedWhereNothingElseIsLeftOut(String inToken, String granted, String carried) {
        assertThat(CarriedScopes.ALL.in(inToken, granted)).isEqualTo(carried);
    }

    @Test
    void leavesAloneWhatOpensNoServer() {
        assertThat(new CarriedScopes(Set.of("mcp:tools")).in("openid mcp:tools profile a:read"))
                .isEqualTo("openid profile a:read");
        assertThat(CarriedScopes.ALL.in("openid profile")).isEqualTo("openid profile");
        assertThat(new CarriedScopes(Set.of("mcp:tools")).in("mcp:tools")).isEmpty();
    }

    private static Verdict<CarriedScopes> decide(String target, String requested, String role, Set<String> named) {
        List<McpServer> servers = Stream.of(target.split("")).map(SERVERS::get).toList();
        List<McpScope> scopes = Stream.of(requested.split(" "))
                .map(name -> scope(name, target, role))
                .toList();
        return CarriedScopes.decide(servers, scopes, named);
    }

    private static McpScope scope(String name, String target, String role) {
        Own own = OWN.get(name);
        return own == null
                ? new McpScope(name, false, true, true, List.of())
                : new McpScope(
                        name,
                        true,
                        Stream.of(target.split("")).allMatch(own.servers()::contains),
                        own.role().isEmpty() || own.role().equals(role),
                        own.role().isEmpty() ? List.of() : List.of(own.role()));
    }

    private static String told(String requested, Verdict<CarriedScopes> verdict) {
        return verdict.fold(
                carried -> carried.in(requested), refusal -> refusal.code().word());
    }

    private static McpServer server(String uri) {
        return new McpServer(ResourceIndicator.parse(uri).decided().orElseThrow());
    }
}
