package io.github.keycloakmcp.discovery;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.keycloak.Config;

/**
 * The server's CORS options with the header fields of MCP among the allowed ones (MCP 2025-06-18, "Transports";
 * 2026-07-28 adds the last two).
 */
final class McpHeaders extends Config.AbstractScope {

    private static final String ALLOWED_HEADERS = "allowedHeaders";
    private static final String OF_MCP = "MCP-Protocol-Version,Mcp-Session-Id,Last-Event-ID,Mcp-Method,Mcp-Name";

    private final Config.Scope given;

    McpHeaders(Config.Scope given) {
        this.given = given;
    }

    @Override
    public @Nullable String get(String key) {
        String value = given.get(key);
        if (!key.equals(ALLOWED_HEADERS)) {
            return value;
        }
        return value == null || value.isBlank() ? OF_MCP : value + "," + OF_MCP;
    }

    @Override
    public Config.Scope scope(String... scope) {
        return given.scope(scope);
    }

    @Override
    @SuppressWarnings("deprecation") // abstract, so it has to be here
    public Set<String> getPropertyNames() {
        return given.getPropertyNames();
    }

    @Override
    public Config.Scope root() {
        return given.root();
    }
}
