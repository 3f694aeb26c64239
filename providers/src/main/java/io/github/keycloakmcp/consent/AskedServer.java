package io.github.keycloakmcp.consent;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.DeviceCodes;
import io.github.keycloakmcp.platform.ServerCatalogue;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.resource.McpServer;
import io.github.keycloakmcp.rule.resource.McpServers;
import io.github.keycloakmcp.rule.resource.ResourceBinding;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OAuth2DeviceCodeModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.grants.device.DeviceGrantType;
import org.keycloak.protocol.oidc.grants.device.endpoints.DeviceEndpoint;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Which MCP server a login is for. */
final class AskedServer {

    private AskedServer() {}

    /** The server; none, where the login has nothing to do with MCP or no token can come of it. */
    static Optional<McpServer> of(KeycloakSession session, AuthenticationSessionModel login) {
        if (!OIDCLoginProtocol.LOGIN_PROTOCOL.equals(login.getProtocol())) {
            return Optional.empty();
        }
        McpServers servers = ServerCatalogue.of(session)
                .openedBy(session, scopes(session, login).flatMap(ClientScopeModel::getProtocolMappersStream));
        if (!servers.isMcp()) {
            return Optional.empty();
        }
        String resource = resource(session, login);
        return ResourceBinding.authorize(servers, resource == null ? List.of() : List.of(resource))
                        instanceof Verdict.Allowed<Set<McpServer>> allowed
                ? allowed.value().stream().findFirst()
                : Optional.empty();
    }

    /** The scopes that a login is for: those the client always has, and those it asks for. */
    static Stream<ClientScopeModel> scopes(KeycloakSession session, AuthenticationSessionModel login) {
        return TokenManager.getRequestedClientScopes(
                session, login.getClientNote(OAuth2Constants.SCOPE), login.getClient(), login.getAuthenticatedUser());
    }

    /** Keycloak hands at most one on; of a device code it knows only what the extension has put there. */
    private static @Nullable String resource(KeycloakSession session, AuthenticationSessionModel login) {
        String userCode = login.getClientNote(DeviceGrantType.OAUTH2_DEVICE_VERIFIED_USER_CODE);
        if (userCode == null) {
            return login.getClientNote(OAuth2Constants.RESOURCE);
        }
        OAuth2DeviceCodeModel code = DeviceEndpoint.getDeviceByUserCode(session, login.getRealm(), userCode);
        Map<String, String> remembered = code == null ? null : code.getAdditionalParams();
        return remembered == null ? null : remembered.get(DeviceCodes.RESOURCE);
    }
}
