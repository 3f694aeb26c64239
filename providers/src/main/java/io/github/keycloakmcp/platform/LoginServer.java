package io.github.keycloakmcp.platform;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.resource.GrantedResources;
import io.github.keycloakmcp.rule.resource.McpServer;
import io.github.keycloakmcp.rule.resource.McpServers;
import io.github.keycloakmcp.rule.resource.ServerAccess;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OAuth2DeviceCodeModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.grants.device.DeviceGrantType;
import org.keycloak.protocol.oidc.grants.device.endpoints.DeviceEndpoint;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The MCP server that a login is for. It is decided once, when the login begins, and carried from there into the code: what
 * the user approves is what the token is for, whatever an administrator declares, points elsewhere or removes meanwhile.
 */
public final class LoginServer {

    /** Note of a login, kept when the user starts it afresh: the server's URI, as it was declared when the login began. */
    private static final String DECLARED = "mcp.server";

    private LoginServer() {}

    /** Fixes the server of a login, also where Keycloak takes it from when it issues the code. */
    public static void fix(AuthenticationSessionModel login, McpServer server) {
        login.setClientNote(DECLARED, server.uri());
        login.setClientNote(OAuth2Constants.RESOURCE, server.uri());
    }

    /**
     * Decides whether the user of a login may use its server. Decided again after every page that the user sees, because roles and servers may have changed.
     */
    public static ServerAccess decide(KeycloakSession session, AuthenticationSessionModel login) {
        if (!OIDCLoginProtocol.LOGIN_PROTOCOL.equals(login.getProtocol())) {
            return new ServerAccess.NotMcp();
        }
        List<ClientScopeModel> scopes =
                scopes(session, login).filter(LoginServer::declaresServers).toList();
        if (scopes.isEmpty()) {
            return new ServerAccess.NotMcp();
        }
        ServerAccess access = decide(session, login, scopes);
        if (access instanceof ServerAccess.Granted granted) {
            // Once more, because Keycloak writes the spelling of the request over it when the login begins.
            fix(login, granted.server());
        }
        return access;
    }

    /** Returns the scopes that a login is for: those that the client always has, and those that it requests. */
    public static Stream<ClientScopeModel> scopes(KeycloakSession session, AuthenticationSessionModel login) {
        return TokenManager.getRequestedClientScopes(
                session, login.getClientNote(OAuth2Constants.SCOPE), login.getClient(), login.getAuthenticatedUser());
    }

    private static ServerAccess decide(
            KeycloakSession session, AuthenticationSessionModel login, List<ClientScopeModel> scopes) {
        UserModel user = login.getAuthenticatedUser();
        String declared = declared(session, login);
        String named = login.getClientNote(OAuth2Constants.RESOURCE);
        List<String> resources = declared == null ? named == null ? List.of() : List.of(named) : List.of(declared);
        List<ClientScopeModel> permitted =
                scopes.stream().filter(scope -> UserRoles.permit(scope, user)).toList();
        Verdict<McpServers> requestedServers = openedBy(session, scopes, resources);
        Verdict<McpServers> permittedServers = openedBy(session, permitted, resources);
        if (requestedServers instanceof Verdict.Allowed<McpServers> all
                && permittedServers instanceof Verdict.Allowed<McpServers> open) {
            return ServerAccess.decide(
                    all.value(),
                    open.value(),
                    declared == null ? new GrantedResources.Immediate() : new GrantedResources.Carried(resources),
                    declared == null ? resources : List.of(),
                    scopes.stream()
                            .filter(scope -> !permitted.contains(scope))
                            .flatMap(scope -> UserRoles.of(scope).stream())
                            .distinct()
                            .toList(),
                    role -> UserRoles.has(session, user, role));
        }
        return new ServerAccess.Denied(refusal(requestedServers, permittedServers), "", "");
    }

    private static Refusal refusal(Verdict<McpServers> first, Verdict<McpServers> second) {
        return first instanceof Verdict.Refused<McpServers> refused
                ? refused.refusal()
                : ((Verdict.Refused<McpServers>) second).refusal();
    }

    private static Verdict<McpServers> openedBy(
            KeycloakSession session, List<ClientScopeModel> scopes, List<String> resources) {
        return ServerCatalogue.of(
                session, scopes.stream().flatMap(ClientScopeModel::getProtocolMappersStream), resources);
    }

    private static boolean declaresServers(ClientScopeModel scope) {
        return scope.getProtocolMappersStream().anyMatch(ServerCatalogue::isDeclaration);
    }

    /** What was fixed when the login began: in the login itself, or in the device code that it is to approve. */
    private static @Nullable String declared(KeycloakSession session, AuthenticationSessionModel login) {
        String userCode = login.getClientNote(DeviceGrantType.OAUTH2_DEVICE_VERIFIED_USER_CODE);
        if (userCode == null) {
            return login.getClientNote(DECLARED);
        }
        OAuth2DeviceCodeModel code = DeviceEndpoint.getDeviceByUserCode(session, login.getRealm(), userCode);
        Map<String, String> kept = code == null ? null : code.getAdditionalParams();
        return kept == null ? null : kept.get(DeviceCodes.RESOURCE);
    }
}
