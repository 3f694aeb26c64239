package io.github.keycloakmcp.rule.assertion;

import java.util.List;

/**
 * What the issuer of an assertion approved.
 *
 * @param servers the MCP servers, in any spelling; none where the assertion leaves the choice to the client
 * @param scopes the scopes
 */
public record AssertedAccess(List<String> servers, AssertedScopes scopes) {

    public AssertedAccess {
        servers = List.copyOf(servers);
    }
}
