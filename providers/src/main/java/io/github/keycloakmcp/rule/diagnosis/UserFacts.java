package io.github.keycloakmcp.rule.diagnosis;

import java.util.List;

import io.github.keycloakmcp.rule.resource.ServerAccess;

/**
 * What diagnosis knows about a user.
 *
 * @param name the user name
 * @param enabled whether the account is enabled
 * @param locked whether the account is locked after too many failed logins
 * @param actions what the user has to do at the next login, as Keycloak names it
 * @param offlineAccess whether the user has the role that clients need for access while the user is away
 * @param access what comes of a login for each MCP server
 */
public record UserFacts(
        String name,
        boolean enabled,
        boolean locked,
        List<String> actions,
        boolean offlineAccess,
        List<ServerAccess> access) {

    public UserFacts {
        actions = List.copyOf(actions);
        access = List.copyOf(access);
    }
}
