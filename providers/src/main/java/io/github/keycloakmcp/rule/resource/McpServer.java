package io.github.keycloakmcp.rule.resource;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A declared MCP server: the OAuth protected resource that a token can be for.
 *
 * @param resource the URI as the administrator declared it; stamped into {@code aud} exactly so
 * @param client the server's own identity as a client of the realm, with which it introspects and exchanges tokens
 * @param named other names that gateways and servers check in {@code aud}, as an administrator lists them for this server
 */
public record McpServer(
        ResourceIndicator resource, @Nullable Client client, Set<String> named) {

    public McpServer {
        named = Set.copyOf(named);
    }

    /**
     * An MCP server as a client of the realm.
     *
     * @param clientId stamped beside the URI, because Keycloak lets only clients in {@code aud} introspect and exchange
     * @param requiredRole the role that a user needs to get a token for this server; empty for none
     * @param dpopRequired whether tokens for this server have to be bound to a key of their client
     */
    public record Client(String clientId, String requiredRole, boolean dpopRequired) {

        /** A client whose tokens need no key. */
        public Client(String clientId, String requiredRole) {
            this(clientId, requiredRole, false);
        }
    }

    /** A server that is no client of the realm. */
    public McpServer(ResourceIndicator resource) {
        this(resource, null);
    }

    /** A server without other names. */
    public McpServer(ResourceIndicator resource, @Nullable Client client) {
        this(resource, client, Set.of());
    }

    /** The declared URI, byte for byte. */
    public String uri() {
        return resource.written();
    }

    /** The role that a user needs for a token for this server. */
    public Optional<String> requiredRole() {
        return Optional.ofNullable(client).map(Client::requiredRole).filter(role -> !role.isEmpty());
    }

    /** Tells whether a token for this server has to be bound to a key of its client. */
    public boolean dpopRequired() {
        return client != null && client.dpopRequired();
    }

    /** What stands in {@code aud} for this server. */
    List<String> audience() {
        if (client == null && named.isEmpty()) {
            return List.of(uri());
        }
        Stream<String> own = client == null ? Stream.of(uri()) : Stream.of(uri(), client.clientId());
        return Stream.concat(own, named.stream()).distinct().toList();
    }
}
