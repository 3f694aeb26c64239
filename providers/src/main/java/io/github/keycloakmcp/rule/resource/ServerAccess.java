package io.github.keycloakmcp.rule.resource;

import java.util.List;
import java.util.function.Predicate;

import io.github.keycloakmcp.rule.Refusal;

/**
 * What comes of a login, as soon as it is known who logs in. Without this decision Keycloak silently drops a scope that the
 * user has no role for, shows a consent page, issues a code, and the token then opens nothing.
 */
public sealed interface ServerAccess {

    /** The login has nothing to do with MCP. */
    record NotMcp() implements ServerAccess {}

    /**
     * The user may use the server that the login is for.
     *
     * @param server the server, as it is declared
     */
    record Granted(McpServer server) implements ServerAccess {}

    /**
     * No code and no token may be issued.
     *
     * @param refusal the error for the client, with the reason for the administrator
     * @param server the URI of the server; empty where it is no longer declared
     * @param role the role that the user lacks; empty where no role is missing
     */
    record Denied(Refusal refusal, String server, String role) implements ServerAccess {}

    /**
     * Decides what comes of a login.
     *
     * @param requested the servers that the requested scopes open
     * @param permitted the servers that those of them open which the user has the roles for
     * @param source what the login is for
     * @param named the resource parameters of the request
     * @param scopeRoles the roles of the scopes that the user has no role for
     * @param hasRole tells whether the user has a role
     */
    static ServerAccess decide(
            McpServers requested,
            McpServers permitted,
            GrantedResources source,
            List<String> named,
            List<String> scopeRoles,
            Predicate<String> hasRole) {
        if (!requested.isMcp()) {
            return new NotMcp();
        }
        return ResourceBinding.decide(requested, source, named)
                .fold(
                        wanted -> ofServers(wanted, permitted, scopeRoles, hasRole),
                        refusal -> new Denied(refusal, "", ""));
    }

    private static ServerAccess ofServers(
            ResourceBinding wanted, McpServers permitted, List<String> scopeRoles, Predicate<String> hasRole) {
        for (McpServer server : wanted.effective()) {
            if (permitted.declaredAs(server.uri()).isEmpty()) {
                String roles = String.join(" or ", scopeRoles);
                return new Denied(MissingRole.ofScope(server, roles), server.uri(), roles);
            }
            if (server.requiredRole().filter(role -> !hasRole.test(role)).isPresent()) {
                return new Denied(
                        MissingRole.ofServer(server),
                        server.uri(),
                        server.requiredRole().orElse(""));
            }
        }
        return new Granted(wanted.effective().iterator().next());
    }
}
