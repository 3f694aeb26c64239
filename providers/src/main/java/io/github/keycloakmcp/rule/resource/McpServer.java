package io.github.keycloakmcp.rule.resource;

/**
 * A declared MCP server: the OAuth protected resource that a token can be for.
 *
 * @param resource the URI as the administrator declared it; stamped into {@code aud} exactly so
 */
public record McpServer(ResourceIndicator resource) {

    /** The declared URI, byte for byte. */
    public String uri() {
        return resource.written();
    }
}
