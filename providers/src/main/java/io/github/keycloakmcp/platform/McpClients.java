package io.github.keycloakmcp.platform;

import java.util.stream.Stream;

import org.keycloak.models.ClientModel;

/** Tells an MCP client from the other clients of a realm. */
public final class McpClients {

    private McpClients() {}

    /** Whether {@code client} registered itself or has a client scope that opens MCP servers. */
    public static boolean isMcp(ClientModel client) {
        return client.getAttribute(ClientAttributes.REGISTERED) != null
                || !McpScopes.names(Stream.of(true, false)
                                .flatMap(isDefault -> client.getClientScopes(isDefault).values().stream()))
                        .isEmpty();
    }
}
