package io.github.keycloakmcp.rule.resource;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.resource.ActorChain.Actor;
import org.jspecify.annotations.Nullable;

/**
 * A client that acts for a user with a token that another client has obtained (token exchange). The user stays {@code sub}. The
 * token can do what both may: its scopes are among those of the exchanged token, and where a scope or server needs a role, the
 * user and the acting client both have it. Without these limits an agent turns every token that it sees into one with all of its
 * own scopes.
 *
 * @param chain the clients that act, this one first
 * @param scopes the scopes that the token can have
 * @param limited whether the limits apply; an administrator can lift them for a client
 * @param named whether the exchanged token allows this client to act ({@code may_act}, RFC 8693 section 4.4)
 */
public record Delegation(ActorChain chain, Set<String> scopes, boolean limited, boolean named) {

    private static final String SECTION = "RFC 8693 section 2.1";

    /**
     * The exchanged token.
     *
     * @param clientId the client that it was issued to
     * @param act its claim {@code act}
     * @param mayAct its claim {@code may_act}
     * @param scopes its scopes
     */
    public record Subject(
            String clientId, @Nullable Object act, @Nullable Object mayAct, Set<String> scopes) {}

    /** What an administrator allows a client beyond the limits: further scopes, or everything. */
    public record Allowance(Set<String> scopes, boolean unlimited) {

        /** No further scopes. */
        public static final Allowance NONE = new Allowance(Set.of(), false);
    }

    public Delegation {
        scopes = Set.copyOf(scopes);
    }

    /** Decides; empty where a client exchanges its own token, in which no client acts for the user but itself. */
    public static Verdict<Optional<Delegation>> decide(Subject subject, Actor actor, Allowance more) {
        return ActorChain.read(subject.act()).then(chain -> {
            boolean own = subject.clientId().equals(actor.clientId());
            if (own && chain.actors().isEmpty()) {
                return Verdict.allowed(Optional.empty());
            }
            Set<String> scopes = new HashSet<>(subject.scopes());
            scopes.addAll(more.scopes());
            boolean named = own
                    || subject.mayAct() == null
                    || (subject.mayAct() instanceof Map<?, ?> only && actor.isNamedBy(only));
            return (own ? Verdict.allowed(chain) : chain.then(actor))
                    .then(longer ->
                            Verdict.allowed(Optional.of(new Delegation(longer, scopes, !more.unlimited(), named))));
        });
    }

    /**
     * Refuses a token for several servers, one that the exchanged token does not allow, and one for a server whose required role
     * the acting client does not have.
     *
     * @param hasRole tells whether the service account of the acting client has a role
     */
    public Verdict<ResourceBinding> admit(ResourceBinding binding, Predicate<String> hasRole) {
        if (!named) {
            return Verdict.refused(new Refusal(
                    RefusalCode.DELEGATION_ACTOR_REFUSED,
                    "invalid_request",
                    "subject_token: its claim may_act names another client",
                    "the claim may_act does not name the client, or its service account",
                    "RFC 8693 section 4.4"));
        }
        if (binding.effective().size() > 1) {
            return Verdict.refused(InvalidTarget.because(
                    RefusalCode.DELEGATION_TARGET_REFUSED,
                    "a token of a client that acts for a user is for one MCP server: send one resource",
                    "token exchange for several MCP servers with a token of another client"));
        }
        return binding.effective().stream()
                .filter(server ->
                        limited && !server.requiredRole().map(hasRole::test).orElse(true))
                .findFirst()
                .map(server -> Verdict.<ResourceBinding>refused(
                        missingRole(List.of(server.requiredRole().orElse("")))))
                .orElseGet(() -> Verdict.allowed(binding));
    }

    /**
     * Leaves out the scopes beyond the limits. One that the request names is refused, as is a token that no longer opens its
     * server.
     *
     * @param carried what was decided without regard to the acting client
     * @param tokens the scopes of the token, where {@code permitted} tells whether the acting client may have them
     * @param requested the scopes that the request names
     */
    public Verdict<CarriedScopes> narrow(CarriedScopes carried, Collection<McpScope> tokens, Set<String> requested) {
        if (!limited) {
            return Verdict.allowed(carried);
        }
        List<McpScope> before = tokens.stream()
                .filter(scope -> !carried.leftOut().contains(scope.name()))
                .toList();
        Optional<McpScope> wider = before.stream()
                .filter(scope -> requested.contains(scope.name()) && !scopes.contains(scope.name()))
                .findFirst();
        if (wider.isPresent()) {
            return Verdict.refused(
                    widens("scope " + Refusal.excerpt(wider.get().name()) + " is not a scope of the subject_token"));
        }
        List<McpScope> inToken =
                before.stream().filter(scope -> scopes.contains(scope.name())).toList();
        List<McpScope> after = inToken.stream().filter(McpScope::permitted).toList();
        if (opens(before) && !opens(after)) {
            return Verdict.refused(
                    opens(inToken)
                            ? missingRole(inToken.stream()
                                    .filter(McpScope::ofServers)
                                    .flatMap(scope -> scope.roles().stream())
                                    .distinct()
                                    .toList())
                            : widens("the subject_token has no scope that opens the MCP server"));
        }
        Set<String> leftOut = new HashSet<>(carried.leftOut());
        before.stream().filter(scope -> !after.contains(scope)).forEach(scope -> leftOut.add(scope.name()));
        return Verdict.allowed(new CarriedScopes(leftOut));
    }

    private static boolean opens(List<McpScope> scopes) {
        return scopes.stream().anyMatch(McpScope::ofServers);
    }

    private static Refusal widens(String description) {
        return new Refusal(
                RefusalCode.DELEGATION_SCOPE_REFUSED,
                "invalid_scope",
                description,
                "a client that acts for a user gets no scope that the exchanged token does not have, unless its attribute "
                        + "mcp.delegation-scopes lists it",
                SECTION);
    }

    private static Refusal missingRole(List<String> roles) {
        String missing = roles.stream().sorted().collect(Collectors.joining(" or "));
        return new Refusal(
                        RefusalCode.DELEGATION_ROLE_MISSING,
                        "access_denied",
                        "the client that acts for the user has no access to the MCP server: a required role is missing",
                        "the service account of the acting client has no role " + missing,
                        SECTION)
                .lacking(missing);
    }
}
