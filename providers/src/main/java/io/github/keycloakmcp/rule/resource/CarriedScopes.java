package io.github.keycloakmcp.rule.resource;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.ScopeList;
import io.github.keycloakmcp.rule.Verdict;

/**
 * The scopes that a token for an MCP server carries: those that the server defines, as far as they were requested and the user
 * has the roles for them. Without this rule a token for one server carries {@code admin} of another one, and a server that
 * knows a scope of this name accepts it.
 *
 * <p>One rule for every grant. A scope of another server that a request <em>names</em> is refused; one that the token would get
 * without being named (a default scope of the client, a refresh token from before an administrator's change) is left out. A
 * scope without a role is left out; if no scope of the server is left for that reason, the request is refused. General scopes
 * are for servers without own scopes in the token. Scopes that open no MCP server are not touched.
 *
 * @param leftOut the requested scopes that the token does not carry
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-3.3">RFC 6749, section 3.3</a>
 */
public record CarriedScopes(Set<String> leftOut) {

    /** Every scope is carried. */
    public static final CarriedScopes ALL = new CarriedScopes(Set.of());

    private static final String BLANK = " ";

    public CarriedScopes {
        leftOut = Set.copyOf(leftOut);
    }

    /**
     * Decides.
     *
     * @param servers the servers that the token is for
     * @param scopes the requested scopes that open MCP servers, whether or not they open these
     * @param named the scopes that this request itself names; none where they were decided before, at authorization
     */
    public static Verdict<CarriedScopes> decide(
            Collection<McpServer> servers, List<McpScope> scopes, Set<String> named) {
        List<McpScope> foreign = scopes.stream()
                .filter(scope -> scope.own() && !scope.ofServers() && named.contains(scope.name()))
                .toList();
        if (!foreign.isEmpty()) {
            return Verdict.refused(ofAnotherServer(servers, foreign));
        }
        List<McpScope> their = scopes.stream()
                .filter(scope -> scope.own() && scope.ofServers())
                .toList();
        if (!their.isEmpty() && their.stream().noneMatch(McpScope::permitted)) {
            return Verdict.refused(MissingRole.ofScope(servers.iterator().next(), roles(their)));
        }
        Predicate<McpScope> carried = scope -> scope.own() ? scope.ofServers() && scope.permitted() : their.isEmpty();
        return Verdict.allowed(new CarriedScopes(names(scopes.stream().filter(carried.negate()))));
    }

    /**
     * Decides about a grant in which the user does not log in: a scope that demands something of a login is refused if the request
     * names it, and left out if not.
     *
     * @param demands what the requested scopes demand
     * @param named the scopes that the request names
     */
    public Verdict<CarriedScopes> withoutLogin(Collection<LoginDemand> demands, Set<String> named) {
        List<LoginDemand> missed = demands.stream()
                .filter(demand -> !leftOut.contains(demand.scope()))
                .toList();
        Optional<LoginDemand> refused =
                missed.stream().filter(demand -> named.contains(demand.scope())).findFirst();
        Set<String> less = new HashSet<>(leftOut);
        missed.forEach(demand -> less.add(demand.scope()));
        return refused.<Verdict<CarriedScopes>>map(demand -> Verdict.refused(demand.withoutLogin()))
                .orElseGet(() -> Verdict.allowed(new CarriedScopes(less)));
    }

    /**
     * Returns what is left of a list of scopes.
     *
     * @param scope scopes with blanks between them, as RFC 6749 section 3.3 has them
     */
    public String in(String scope) {
        return ScopeList.without(scope, leftOut);
    }

    /**
     * Returns what of the scopes in a token is carried. What another extension has written into it without a grant is left out.
     *
     * @param scope the scopes that are in the token
     * @param granted the scopes that the token was requested and granted for
     */
    public String in(String scope, String granted) {
        return leftOut.isEmpty() && scope.equals(granted) ? scope : ScopeList.only(scope, ScopeList.names(in(granted)));
    }

    private static Refusal ofAnotherServer(Collection<McpServer> servers, List<McpScope> scopes) {
        return new Refusal(
                RefusalCode.SCOPE_OF_ANOTHER_SERVER,
                "invalid_scope",
                "scope " + Refusal.excerpt(scopes.get(0).name()) + " is not a scope of "
                        + Refusal.excerpt(servers.iterator().next().uri()),
                "the client scope belongs to other MCP servers (mapper setting server-scope): "
                        + String.join(BLANK, names(scopes.stream())),
                "RFC 6749 section 3.3");
    }

    private static String roles(List<McpScope> scopes) {
        return scopes.stream()
                .flatMap(scope -> scope.roles().stream())
                .distinct()
                .collect(Collectors.joining(" or "));
    }

    private static Set<String> names(Stream<McpScope> scopes) {
        return scopes.map(McpScope::name).collect(Collectors.toUnmodifiableSet());
    }
}
