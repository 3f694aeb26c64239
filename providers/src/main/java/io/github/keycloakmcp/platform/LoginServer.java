package io.github.keycloakmcp.platform;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.keycloakmcp.rule.resource.McpServer;
import io.github.keycloakmcp.rule.resource.ServerAccess;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OAuth2DeviceCodeModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.grants.device.DeviceGrantType;
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
        String declared = declared(session, login);
        ServerAccess access = UserAccess.decide(
                session,
                login.getAuthenticatedUser(),
                scopes,
                declared == null ? List.of() : List.of(declared),
                Optional.ofNullable(login.getClientNote(OAuth2Constants.RESOURCE)).stream()
                        .toList());
        if (access instanceof ServerAccess.Granted granted) {
            // Once more, because Keycloak writes the spelling of the request over it when the login begins.
            fix(login, granted.server());
        }
        return access;
    }

    /** Notes in {@code event} which server a login is for, so that a refusal is found with the server. */
    public static EventBuilder note(EventBuilder event, KeycloakSession session, AuthenticationSessionModel login) {
        String declared = declared(session, login);
        return declared == null ? event : event.detail(RequestEvent.MCP_RESOURCE, declared);
    }

    /** Returns the scopes that a login is for: those that the client always has, and those that it requests. */
    public static Stream<ClientScopeModel> scopes(KeycloakSession session, AuthenticationSessionModel login) {
        return TokenManager.getRequestedClientScopes(
                session, login.getClientNote(OAuth2Constants.SCOPE), login.getClient(), login.getAuthenticatedUser());
    }

    private static boolean declaresServers(ClientScopeModel scope) {
        return scope.getProtocolMappersStream().anyMatch(ServerCatalogue::isDeclaration);
    }

    /** What was fixed when the login began: in the login itself, or in the device code that it is to approve. */
    private static @Nullable String declared(KeycloakSession session, AuthenticationSessionModel login) {
        if (!DeviceGrantType.isOAuth2DeviceVerificationFlow(login)) {
            return login.getClientNote(DECLARED);
        }
        return DeviceCodes.approvedBy(session, login)
                .map(OAuth2DeviceCodeModel::getAdditionalParams)
                .map(kept -> kept.get(DeviceCodes.RESOURCE))
                .orElse(null);
    }
}
