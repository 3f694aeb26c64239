package io.github.keycloakmcp.rule.assertion;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.Verdict;

/**
 * What an administrator of the company allows one client at one authorization server: the policy that every identity assertion
 * (ID-JAG) for it is held to. Without it, a user's login at the company would open every MCP server that trusts the company.
 *
 * @param audience the issuer of the authorization server, which becomes {@code aud}
 * @param clientId the identifier of the client at the authorization server, which becomes {@code client_id}
 * @param servers the MCP servers of the authorization server that the client may use; none where the authorization server
 *     decides, and the assertion names no server
 * @param scopes the scopes that the client may have there
 * @param roles the role that a user needs, by MCP server or scope; by {@code audience} for all of them
 * @see <a href="https://github.com/modelcontextprotocol/ext-auth">Enterprise-Managed Authorization, sections 4.1, 7.2.1, 7.6.1</a>
 */
public record IssuancePolicy(
        String audience, String clientId, List<String> servers, List<String> scopes, Map<String, String> roles) {

    private static final String TARGET_SECTION = "RFC 8693 section 2.2.2";

    public IssuancePolicy {
        servers = List.copyOf(servers);
        scopes = List.copyOf(scopes);
        roles = Map.copyOf(roles);
    }

    /** Returns the policy of the one authorization server that a request is for, out of those of the client. */
    public static Verdict<IssuancePolicy> at(List<IssuancePolicy> policies, List<String> audiences) {
        if (audiences.isEmpty()) {
            return target("invalid_request", "audience: the issuer of an authorization server is required", "none");
        }
        if (audiences.size() > 1) {
            return target("invalid_target", "audience: one authorization server is expected", "several");
        }
        return policies.stream()
                .filter(policy -> isSame(policy.audience, audiences.get(0)))
                .findFirst()
                .map(Verdict::allowed)
                .orElseGet(() -> target(
                        "invalid_target",
                        "audience: this client may not use the authorization server "
                                + Refusal.excerpt(audiences.get(0)),
                        "no client attribute idjag.clientid.at names an authorization server with this issuer"));
    }

    /**
     * Decides what the assertion is for.
     *
     * @param resources the MCP servers that the client requests; none for all that it may use
     * @param requested the scopes that the client requests; none for all that it may have
     * @param hasRole whether the user has a role
     */
    public Verdict<IssuedAccess> issue(List<String> resources, Set<String> requested, Predicate<String> hasRole) {
        if (lacks(audience, hasRole)) {
            return Verdict.refused(withoutRole(audience));
        }
        return servers(resources, hasRole)
                .then(opened -> scopes(requested, hasRole)
                        .then(kept -> Verdict.allowed(new IssuedAccess(audience, clientId, opened, kept))));
    }

    private Verdict<List<String>> servers(List<String> resources, Predicate<String> hasRole) {
        List<String> open =
                servers.stream().filter(server -> !lacks(server, hasRole)).toList();
        if (resources.isEmpty()) {
            return servers.isEmpty() || !open.isEmpty()
                    ? Verdict.allowed(open)
                    : Verdict.refused(withoutRole(servers.get(0)));
        }
        return Verdict.all(
                resources,
                resource -> listed(resource)
                        .map(server -> open.contains(server)
                                ? Verdict.allowed(server)
                                : Verdict.<String>refused(withoutRole(server)))
                        .orElseGet(() -> target(
                                "invalid_target",
                                "resource: " + Refusal.excerpt(resource) + " is not an MCP server of "
                                        + Refusal.excerpt(audience) + " that this client may use",
                                "client attribute mcp.idjag.servers")));
    }

    private Verdict<List<String>> scopes(Set<String> requested, Predicate<String> hasRole) {
        List<String> meant = scopes.stream()
                .filter(scope -> requested.isEmpty() || requested.contains(scope))
                .toList();
        List<String> kept =
                meant.stream().filter(scope -> !lacks(scope, hasRole)).toList();
        if (!kept.isEmpty()) {
            return Verdict.allowed(kept);
        }
        return Verdict.refused(
                meant.isEmpty()
                        ? new Refusal(
                                RefusalCode.ASSERTION_SCOPE_REFUSED,
                                "invalid_scope",
                                "scope: this client may have none of the requested scopes at "
                                        + Refusal.excerpt(audience),
                                "client attribute idjag.permitted.scopes.at",
                                "RFC 6749 section 5.2")
                        : withoutRole(meant.get(0)));
    }

    private Optional<String> listed(String resource) {
        return servers.stream().filter(server -> isSame(server, resource)).findFirst();
    }

    private boolean lacks(String subject, Predicate<String> hasRole) {
        String role = roles.get(subject);
        return role != null && !hasRole.test(role);
    }

    private Refusal withoutRole(String subject) {
        String role = roles.getOrDefault(subject, "");
        return new Refusal(
                        RefusalCode.ROLE_MISSING,
                        "access_denied",
                        "no access to " + Refusal.excerpt(subject) + ": a required role is missing",
                        "a role that the policy of the company requires is missing: " + role,
                        "Enterprise-Managed Authorization section 4.1")
                .lacking(role);
    }

    /** Clients write an issuer or a server without path with a slash at its end, or without. */
    private static boolean isSame(String one, String other) {
        return bare(one).equals(bare(other));
    }

    private static String bare(String uri) {
        return uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    }

    private static <T> Verdict<T> target(String error, String description, String detail) {
        return Verdict.refused(
                new Refusal(RefusalCode.ASSERTION_TARGET_REFUSED, error, description, detail, TARGET_SECTION));
    }
}
