package io.github.keycloakmcp.platform;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.keycloak.OAuth2Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OAuth2DeviceCodeModel;
import org.keycloak.protocol.oidc.grants.device.DeviceGrantType;
import org.keycloak.protocol.oidc.grants.device.endpoints.DeviceEndpoint;
import org.keycloak.sessions.AuthenticationSessionModel;

/** What the extension keeps with a device code, from the device's request until it comes for its token. */
public final class DeviceCodes {

    /** The declared URI of the MCP server that the user is asked to approve. */
    public static final String RESOURCE = "mcp_resource";

    private DeviceCodes() {}

    /** Returns the device code that a login is to approve; empty for a login in a browser. */
    public static Optional<OAuth2DeviceCodeModel> approvedBy(
            KeycloakSession session, AuthenticationSessionModel login) {
        return Optional.ofNullable(login.getClientNote(DeviceGrantType.OAUTH2_DEVICE_VERIFIED_USER_CODE))
                .map(userCode -> DeviceEndpoint.getDeviceByUserCode(session, login.getRealm(), userCode));
    }

    /**
     * Gives the device the scopes that the login ended with. Keycloak remembers what the device requested and issues tokens
     * for that, so a scope that was dropped while the user logged in would come back.
     */
    public static void keepScope(KeycloakSession session, AuthenticationSessionModel login) {
        String scope = Objects.requireNonNullElse(login.getClientNote(OAuth2Constants.SCOPE), "");
        approvedBy(session, login)
                .filter(code -> !scope.equals(code.getScope()))
                .ifPresent(code -> {
                    Map<String, String> kept = code.toMap();
                    kept.values().removeIf(Objects::isNull);
                    kept.put(OAuth2Constants.SCOPE, scope);
                    session.singleUseObjects().replace(code.serializeKey(), kept);
                });
    }
}
