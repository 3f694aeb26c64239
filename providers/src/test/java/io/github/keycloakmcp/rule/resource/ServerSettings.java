package io.github.keycloakmcp.rule.resource;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** One declared server, and what else an administrator has switched on about servers. */
enum ServerSettings {
    NOTHING_MORE,
    PATTERN,
    PLAIN_HTTP_HOST,
    ALIAS,
    IGNORED_QUERY,
    NAMED_AUDIENCE,
    EVERYTHING;

    static final String SERVER = "https://mcp.example.com/mcp";
    static final String PLAIN = "http://mcp-server:8000/mcp";
    static final String OLD = "https://old.example.com/mcp";
    static final String NAME = "gateway";

    private static final String PATTERNS = "https://gw.example.com/{id}/mcp";

    /** The servers; fails where a setting is not accepted as it is written. */
    McpServers servers() {
        ServersDeclaration declaration = new ServersDeclaration(
                has(PLAIN_HTTP_HOST) ? List.of(SERVER, PLAIN) : List.of(SERVER),
                has(ALIAS) ? Map.of(OLD, SERVER) : Map.of(),
                "",
                false,
                has(NAMED_AUDIENCE) ? Map.of(NAME, SERVER) : Map.of(),
                has(PATTERN) ? List.of(PATTERNS) : List.of(),
                has(IGNORED_QUERY),
                has(PLAIN_HTTP_HOST) ? Set.of("mcp-server:8000") : Set.of(),
                false);
        return McpServers.declare(declaration, refusal -> {
            throw new AssertionError(refusal.description());
        });
    }

    /** Whether the setting is switched on here. */
    boolean has(ServerSettings setting) {
        return this == setting || this == EVERYTHING;
    }
}
