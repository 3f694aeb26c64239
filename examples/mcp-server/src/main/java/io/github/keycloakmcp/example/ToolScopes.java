package io.github.keycloakmcp.example;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.modelcontextprotocol.json.McpJsonDefaults;

/**
 * The scopes that single tools need beside those of the server. Who has not got one is told so before the tool runs, so that
 * the client can ask its user (MCP authorization, "Scope Challenge Handling").
 *
 * @param byTool the scope of each tool that needs one
 */
record ToolScopes(Map<String, String> byTool) {

    /** As many as a request for a tool can sensibly have. */
    static final int LARGEST_REQUEST = 1024 * 1024;

    /** Reads {@code tool=scope} pairs with spaces between them. */
    static ToolScopes read(String text) {
        Map<String, String> byTool = new LinkedHashMap<>();
        for (String pair : text.isEmpty() ? List.<String>of() : List.of(text.split(" ", -1))) {
            int equals = pair.indexOf('=');
            if (equals < 1 || !Settings.isScopes(pair.substring(equals + 1))) {
                throw new IllegalArgumentException(
                        Option.TOOL_SCOPES.flag() + " must be pairs like add=calc:add separated by single spaces");
            }
            byTool.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return new ToolScopes(byTool);
    }

    boolean isEmpty() {
        return byTool.isEmpty();
    }

    /** Returns the scope that a request needs and its token lacks. Requests come one by one or, from old clients, in a list. */
    Optional<String> missing(byte[] body, Set<String> granted) {
        return calls(body).stream()
                .map(tool -> byTool.getOrDefault(tool, ""))
                .filter(scope -> !scope.isEmpty() && !granted.contains(scope))
                .findFirst();
    }

    /** What a client should ask for: what it has of this server already, and what it needs. A client replaces its token. */
    List<String> toRequest(List<String> required, Set<String> granted, String missing) {
        Set<String> scopes = new LinkedHashSet<>(required);
        byTool.values().stream().filter(granted::contains).forEach(scopes::add);
        scopes.add(missing);
        return List.copyOf(scopes);
    }

    /** The tools that a request calls; none, if it is not JSON: the endpoint behind says so. */
    private static List<String> calls(byte[] body) {
        try {
            Object json = McpJsonDefaults.getMapper().readValue(body, Object.class);
            List<?> requests = json instanceof List<?> many ? many : Collections.singletonList(json);
            return requests.stream()
                    .filter(request -> request instanceof Map<?, ?> call && "tools/call".equals(call.get("method")))
                    .map(request -> ((Map<?, ?>) request).get("params"))
                    .map(parameters -> parameters instanceof Map<?, ?> named ? String.valueOf(named.get("name")) : "")
                    .toList();
        } catch (IOException notJson) {
            return List.of();
        }
    }
}
