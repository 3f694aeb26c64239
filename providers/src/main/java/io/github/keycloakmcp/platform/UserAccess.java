package io.github.keycloakmcp.platform;

import java.util.List;
import java.util.Set;

import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.resource.GrantedResources;
import io.github.keycloakmcp.rule.resource.McpServers;
import io.github.keycloakmcp.rule.resource.ServerAccess;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * Decides whether a user may use the MCP server that a request is for. Logins and diagnosis share it; two decisions would
 * sooner or later differ, and diagnosis then promise what a login refuses.
 */
public final class UserAccess {

    private UserAccess() {}

    /**
     * Decides.
     *
     * @param scopes the MCP scopes of the request, whether or not the user has the roles for them
     * @param declared the URI that an earlier decision has fixed; empty where nothing is decided yet
     * @param named the resource parameters of the request, where nothing is decided yet
     */
    public static ServerAccess decide(
            KeycloakSession session,
            UserModel user,
            List<ClientScopeModel> scopes,
            List<String> declared,
            List<String> named) {
        ServerAccess access = toServer(session, user, scopes, declared, named);
        return access instanceof ServerAccess.Granted granted ? withItsScopes(session, user, scopes, granted) : access;
    }

    private static ServerAccess toServer(
            KeycloakSession session,
            UserModel user,
            List<ClientScopeModel> scopes,
            List<String> declared,
            List<String> named) {
        List<String> resources = declared.isEmpty() ? named : declared;
        List<ClientScopeModel> permitted =
                scopes.stream().filter(scope -> UserRoles.permit(scope, user)).toList();
        return openedBy(session, scopes, resources)
                .then(all -> openedBy(session, permitted, resources)
                        .then(open -> Verdict.allowed(ServerAccess.decide(
                                all,
                                open,
                                declared.isEmpty()
                                        ? new GrantedResources.Immediate()
                                        : new GrantedResources.Carried(declared),
                                declared.isEmpty() ? named : List.of(),
                                scopes.stream()
                                        .filter(scope -> !permitted.contains(scope))
                                        .flatMap(scope -> UserRoles.of(scope).stream())
                                        .distinct()
                                        .toList(),
                                role -> UserRoles.has(session, user, role)))))
                .fold(access -> access, refusal -> new ServerAccess.Denied(refusal, "", ""));
    }

    /** Denied to a user who has a role for none of the server's own scopes that are requested. */
    private static ServerAccess withItsScopes(
            KeycloakSession session, UserModel user, List<ClientScopeModel> scopes, ServerAccess.Granted granted) {
        return ServerScopes.decide(
                        session, scopes, scope -> UserRoles.permit(scope, user), List.of(granted.server()), Set.of())
                .fold(
                        carried -> granted,
                        refusal -> new ServerAccess.Denied(
                                refusal, granted.server().uri(), refusal.role()));
    }

    private static Verdict<McpServers> openedBy(
            KeycloakSession session, List<ClientScopeModel> scopes, List<String> resources) {
        return ServerCatalogue.of(
                session, scopes.stream().flatMap(ClientScopeModel::getProtocolMappersStream), resources);
    }
}
