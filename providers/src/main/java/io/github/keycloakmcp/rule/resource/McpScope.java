package io.github.keycloakmcp.rule.resource;

import java.util.List;

/**
 * A requested scope that opens MCP servers, seen from the servers that a token is for.
 *
 * @param name the scope
 * @param own whether it is one of its servers' own scopes, such as {@code calendar:read}; a scope that is not, such as {@code
 *     mcp:tools}, opens servers and belongs to none of them
 * @param ofServers whether it opens each server that the token is for
 * @param permitted whether the user, or the machine client, has a role for it, where it needs one
 * @param roles the roles of which one is needed; none where any user may have the scope
 */
public record McpScope(String name, boolean own, boolean ofServers, boolean permitted, List<String> roles) {

    public McpScope {
        roles = List.copyOf(roles);
    }
}
