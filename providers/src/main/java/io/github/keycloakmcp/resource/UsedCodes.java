package io.github.keycloakmcp.resource;

import io.github.keycloakmcp.platform.SharedMarks;
import jakarta.ws.rs.core.MultivaluedMap;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OAuth2DeviceCodeModel;

/**
 * Keeps a code used although the request that redeemed it was refused. Where Keycloak keeps codes in the database (its feature
 * {@code stateless}), taking back what a refused request wrote would make its code valid once more. What Keycloak itself refuses is
 * not known here.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2">RFC 6749, section 4.1.2</a>
 */
final class UsedCodes {

    /** The name under which Keycloak keeps a code is this and its first part. */
    private static final String CODE = "code:";

    private UsedCodes() {}

    /** Called only where the code of the request was found, so that no request uses up the code of another. */
    static void keepUsed(KeycloakSession session) {
        MultivaluedMap<String, String> form =
                session.getContext().getHttpRequest().getDecodedFormParameters();
        String grantType = form.getFirst(OAuth2Constants.GRANT_TYPE);
        String code = form.getFirst(OAuth2Constants.CODE);
        String deviceCode = form.getFirst(OAuth2Constants.DEVICE_CODE);
        if (OAuth2Constants.AUTHORIZATION_CODE.equals(grantType) && code != null) {
            SharedMarks.removeAfterwards(session, CODE + code.split("\\.", 2)[0]);
        } else if (OAuth2Constants.DEVICE_CODE_GRANT_TYPE.equals(grantType) && deviceCode != null) {
            SharedMarks.removeAfterwards(session, OAuth2DeviceCodeModel.createKey(deviceCode));
        }
    }
}
