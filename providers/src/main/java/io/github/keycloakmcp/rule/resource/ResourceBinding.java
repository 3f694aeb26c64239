package io.github.keycloakmcp.rule.resource;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.Verdict;

/**
 * The binding of one token: which servers were granted, and which of them this token is for.
 *
 * <p>Always <em>effective ⊆ granted ⊆ catalogue</em>. Without this rule a token that a user approved for one MCP server
 * can be refreshed or redeemed into a token for another one.
 *
 * @param granted what the refresh token goes on carrying; never grows
 * @param effective what this access token is for
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8707#section-2.2">RFC 8707, section 2.2</a>
 */
public record ResourceBinding(Set<McpServer> granted, Set<McpServer> effective) {

    private static final String INVALID_GRANT = "invalid_grant";

    private static final String TOKEN_ERROR = "RFC 6749 section 5.2";

    public ResourceBinding {
        granted = Set.copyOf(granted);
        effective = Set.copyOf(effective);
    }

    /**
     * Decides what a token is for.
     *
     * @param servers the servers that the effective scopes open
     * @param source where the grant comes from
     * @param requested the resource parameters of the token request; empty means all that was granted
     */
    public static Verdict<ResourceBinding> decide(McpServers servers, GrantedResources source, List<String> requested) {
        return granted(servers, source, requested)
                .then(granted -> narrowed(servers, granted, requested, source)
                        .then(effective -> Verdict.allowed(new ResourceBinding(granted, effective))));
    }

    /**
     * Decides what an authorization request asks for, before a user has logged in.
     *
     * @param requested its resource parameters; empty means the default server
     */
    public static Verdict<Set<McpServer>> authorize(McpServers servers, List<String> requested) {
        if (!requested.isEmpty()) {
            return servers.findAll(requested);
        }
        return servers.defaultServer()
                .map(server -> Verdict.allowed(Set.of(server)))
                .orElseGet(() -> Verdict.refused(InvalidTarget.because(
                        RefusalCode.RESOURCE_MISSING,
                        "resource is missing: send the URI of the MCP server that the token is for",
                        "no resource parameter and no default MCP server")));
    }

    /** The {@code aud} of the access token: declared URIs, each with its client id if it has one, in a fixed order. */
    public List<String> audience() {
        List<String> only = effective.size() == 1 ? effective.iterator().next().audience() : List.of();
        return only.size() == 1
                ? only
                : effective.stream()
                        .flatMap(server -> server.audience().stream())
                        .sorted()
                        .toList();
    }

    /** The other names among the audience, which must not be those of another MCP server. */
    public Set<String> named() {
        return effective.size() == 1
                ? effective.iterator().next().named()
                : effective.stream().flatMap(server -> server.named().stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** What this access token is for: the declared URIs alone. */
    public List<String> resources() {
        return uris(effective);
    }

    /**
     * Refuses the token if one of its servers requires a role that the user, or the machine client, does not have.
     *
     * @param hasRole tells whether the user or service account of the token has the role
     */
    public Verdict<ResourceBinding> accessibleTo(Predicate<String> hasRole) {
        for (McpServer server : effective) {
            if (!server.requiredRole().map(hasRole::test).orElse(true)) {
                return Verdict.refused(MissingRole.ofServer(server));
            }
        }
        return Verdict.allowed(this);
    }

    /**
     * Refuses the token if one of its servers requires that tokens are bound to a key of their client, and this one is not.
     *
     * @param proven whether the client has proved a key with the request
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9449#section-5">RFC 9449, section 5</a>
     */
    public Verdict<ResourceBinding> boundToKey(boolean proven) {
        for (McpServer server : effective) {
            if (server.dpopRequired() && !proven) {
                return Verdict.refused(new Refusal(
                        RefusalCode.DPOP_REQUIRED,
                        "invalid_dpop_proof",
                        "the MCP server " + Refusal.excerpt(server.uri())
                                + " requires DPoP: send a proof in the header DPoP of the token request",
                        "attribute mcp.dpop-required of the client of the MCP server",
                        "RFC 9449 section 5"));
            }
        }
        return Verdict.allowed(this);
    }

    /** What the refresh token carries so that the next refresh is bound to the same servers. */
    public List<String> carried() {
        return uris(granted);
    }

    private static Verdict<Set<McpServer>> granted(
            McpServers servers, GrantedResources source, List<String> requested) {
        if (source instanceof GrantedResources.Asserted asserted) {
            return authorize(servers, asserted.approved()).because(ResourceBinding::ofAssertion);
        }
        if (source instanceof GrantedResources.Carried carried) {
            return stillDeclared(servers, carried.declared());
        }
        if (source instanceof GrantedResources.Legacy) {
            return legacy(servers);
        }
        if (source instanceof GrantedResources.Unbindable) {
            return Verdict.refused(new Refusal(
                    RefusalCode.GRANT_NOT_BINDABLE,
                    "unauthorized_client",
                    "this grant cannot be used for an MCP server: use the authorization code grant",
                    "grant type in which no user approves a resource",
                    TOKEN_ERROR));
        }
        return authorize(servers, requested);
    }

    /** An assertion that does not fit is a wrong grant, whatever is wrong with it (RFC 7521 section 4.1). */
    private static Refusal ofAssertion(Refusal refusal) {
        return refusal.withError(INVALID_GRANT);
    }

    private static Verdict<Set<McpServer>> legacy(McpServers servers) {
        return servers.legacyServer()
                .map(server -> Verdict.allowed(Set.of(server)))
                .orElseGet(() -> Verdict.refused(new Refusal(
                        RefusalCode.REFRESH_NOT_BOUND,
                        INVALID_GRANT,
                        "the refresh token is not for an MCP server: authorize again",
                        "refresh token from before the installation, setting legacy-refresh-tokens",
                        TOKEN_ERROR)));
    }

    /** A server removed from the catalogue is gone from every grant; a grant with nothing left is over. */
    private static Verdict<Set<McpServer>> stillDeclared(McpServers servers, List<String> declared) {
        Set<McpServer> left = declared.size() == 1
                ? servers.declaredAs(declared.get(0)).map(Set::of).orElse(Set.of())
                : declared.stream()
                        .flatMap(uri -> servers.declaredAs(uri).stream())
                        .collect(Collectors.toCollection(LinkedHashSet::new));
        return left.isEmpty()
                ? Verdict.refused(new Refusal(
                        RefusalCode.SERVER_REMOVED,
                        INVALID_GRANT,
                        "the MCP server of this grant is no longer available with this scope: authorize again",
                        "no server of the grant is declared on a mapper of an effective client scope",
                        TOKEN_ERROR))
                : Verdict.allowed(left);
    }

    /** A request that is itself the grant has all that it names by now. */
    private static Verdict<Set<McpServer>> narrowed(
            McpServers servers, Set<McpServer> granted, List<String> requested, GrantedResources source) {
        if (requested.isEmpty() || source instanceof GrantedResources.Immediate) {
            return Verdict.allowed(granted);
        }
        return servers.findAll(requested)
                .then(effective -> granted.containsAll(effective)
                        ? Verdict.allowed(effective)
                        : Verdict.refused(notGranted(source)));
    }

    private static Refusal notGranted(GrantedResources source) {
        return source instanceof GrantedResources.Asserted
                ? ofAssertion(InvalidTarget.because(
                        RefusalCode.RESOURCE_NOT_GRANTED,
                        "the assertion was not granted for this resource: get one for this MCP server",
                        "requested resource is outside of the claim resource of the assertion"))
                : InvalidTarget.because(
                        RefusalCode.RESOURCE_NOT_GRANTED,
                        "resource was not granted: authorize again for this MCP server",
                        "requested resource is outside of what was granted");
    }

    private static List<String> uris(Set<McpServer> servers) {
        return servers.size() == 1
                ? List.of(servers.iterator().next().uri())
                : servers.stream().map(McpServer::uri).sorted().toList();
    }
}
