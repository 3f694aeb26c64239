package io.github.keycloakmcp.rule.assertion;

/**
 * A client scope that a request is for.
 *
 * @param name the scope
 * @param shown whether tokens show it in {@code scope}
 * @param byDefault whether the client has it without requesting it
 * @param opensServers whether it opens MCP servers
 * @param own whether it is one of its servers' own scopes
 */
public record RequestedScope(String name, boolean shown, boolean byDefault, boolean opensServers, boolean own) {}
