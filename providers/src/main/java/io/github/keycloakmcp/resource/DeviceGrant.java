package io.github.keycloakmcp.resource;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.keycloakmcp.platform.DeviceCodes;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OAuth2DeviceCodeModel;
import org.keycloak.protocol.oidc.endpoints.request.AuthorizationEndpointRequest;

/**
 * Carries {@code resource} through the device flow, in the device code itself. Keycloak keeps the parameters that it does
 * not know with the device code; {@code resource} it knows, and loses.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8628#section-3.1">RFC 8628, section 3.1</a>
 */
final class DeviceGrant {

    private static final String ATTRIBUTE = DeviceGrant.class.getName();
    private static final String SCOPE = ATTRIBUTE + ".scope";

    private DeviceGrant() {}

    /** Remembers the declared URI of the server until the device requests its token. */
    static void remember(AuthorizationEndpointRequest request, String resource) {
        request.getAdditionalReqParams().put(DeviceCodes.RESOURCE, resource);
    }

    /** Hands what the device code remembers to the post-processor, which never sees the device code. */
    static void hand(KeycloakSession session, OAuth2DeviceCodeModel code) {
        Map<String, String> remembered = code.getAdditionalParams();
        String resource = remembered == null ? null : remembered.get(DeviceCodes.RESOURCE);
        session.setAttribute(ATTRIBUTE, resource == null ? List.of() : List.of(resource));
        session.setAttribute(SCOPE, code.getScope() == null ? "" : code.getScope());
    }

    /** Returns the scopes of the device code; empty where the executor is not in a client policy. */
    static Optional<String> scope(KeycloakSession session) {
        return Optional.ofNullable(session.getAttribute(SCOPE, String.class));
    }

    /** Returns what the user approved; nothing, and so no token, where the executor is not in a client policy. */
    static List<String> approved(KeycloakSession session) {
        return session.getAttribute(ATTRIBUTE) instanceof List<?> uris
                ? uris.stream().map(String::valueOf).toList()
                : List.of();
    }
}
