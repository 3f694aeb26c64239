package io.github.keycloakmcp.rule.resource;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Other URIs of declared servers, while they are collected. One that is said to name two servers names none. */
final class Aliases {

    private final Map<String, McpServer> servers = new HashMap<>();
    private final Set<String> contested = new HashSet<>();

    /** Adds an alias by its canonical form, or takes it away for good; tells whether it names this server alone. */
    boolean add(String alias, McpServer server) {
        McpServer before = contested.contains(alias) ? null : servers.putIfAbsent(alias, server);
        if (before != null && !before.equals(server)) {
            servers.remove(alias);
            contested.add(alias);
        }
        return !contested.contains(alias);
    }

    Map<String, McpServer> uncontested() {
        return Map.copyOf(servers);
    }
}
