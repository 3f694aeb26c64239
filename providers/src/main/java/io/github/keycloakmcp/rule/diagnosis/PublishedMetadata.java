package io.github.keycloakmcp.rule.diagnosis;

import java.util.List;

/**
 * What an MCP server says of itself (RFC 9728 section 2).
 *
 * @param resource its {@code resource}
 * @param authorizationServers its {@code authorization_servers}
 * @param scopes its {@code scopes_supported}
 */
public record PublishedMetadata(String resource, List<String> authorizationServers, List<String> scopes) {

    public PublishedMetadata {
        authorizationServers = List.copyOf(authorizationServers);
        scopes = List.copyOf(scopes);
    }
}
