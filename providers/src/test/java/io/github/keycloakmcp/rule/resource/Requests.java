package io.github.keycloakmcp.rule.resource;

import java.util.List;
import java.util.Map;

import io.github.keycloakmcp.rule.Chance;

/** What generated requests ask for: a few servers, other spellings of them, and what is no server at all. */
final class Requests {

    static final List<String> POOL = List.of(
            "https://a.example/mcp",
            "https://b.example/mcp",
            "https://a.example/other",
            "https://c.example:8443",
            "http://localhost:3001/mcp");

    /** Another spelling of a server, and the server. */
    static final Map<String, String> SPELLINGS = Map.of(
            "HTTPS://A.example/mcp", "https://a.example/mcp",
            "https://b.example:443/mcp/", "https://b.example/mcp",
            "https://c.example:8443/", "https://c.example:8443",
            "http://LOCALHOST:3001/mcp", "http://localhost:3001/mcp");

    private static final List<String> RARE = List.of(
            "HTTPS://A.example/mcp",
            "https://b.example:443/mcp/",
            "https://c.example:8443/",
            "http://LOCALHOST:3001/mcp",
            "https://evil.example/mcp",
            "https://a.example/mcp#x",
            "nonsense",
            "");

    private Requests() {}

    /** Up to three resource parameters, one in five of them rare. */
    static List<String> resources(Chance chance) {
        return chance.list(3, () -> chance.upTo(4) > 0 ? chance.oneOf(POOL) : chance.oneOf(RARE));
    }
}
