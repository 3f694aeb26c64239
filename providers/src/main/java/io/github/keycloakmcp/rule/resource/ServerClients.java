package io.github.keycloakmcp.rule.resource;

import java.util.Optional;

/** Knows which MCP servers are clients of the realm. The rule asks; the shell looks it up in Keycloak. */
@FunctionalInterface
public interface ServerClients {

    /** A realm where no MCP server is a client. */
    ServerClients NONE = resource -> Optional.empty();

    /** The enabled client that declares itself to be the MCP server {@code resource}, with its own spelling of the URI. */
    Optional<McpServer> find(ResourceIndicator resource);

    /**
     * The identity of a server that an administrator has listed. It may be looser than {@link #find}: the administrator
     * vouches for the server already, and only its own client is asked for.
     */
    default Optional<McpServer> identify(ResourceIndicator listed) {
        return find(listed);
    }
}
