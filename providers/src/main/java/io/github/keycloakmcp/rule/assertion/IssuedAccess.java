package io.github.keycloakmcp.rule.assertion;

import java.util.List;

/**
 * What an identity assertion says beside who the user is.
 *
 * @param audience the issuer of the authorization server that it is for
 * @param clientId the identifier of the client there
 * @param servers the MCP servers; none where the authorization server decides
 * @param scopes the scopes
 */
public record IssuedAccess(String audience, String clientId, List<String> servers, List<String> scopes) {

    public IssuedAccess {
        servers = List.copyOf(servers);
        scopes = List.copyOf(scopes);
    }
}
