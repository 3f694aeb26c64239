package io.github.keycloakmcp.platform;

import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;

/** How long an access token lives, which cannot be called back once it is issued. */
public final class TokenLife {

    private TokenLife() {}

    /** Returns the most seconds that an access token of a client lives. */
    public static long seconds(RealmModel realm, ClientModel client) {
        String own = client.getAttribute(OIDCConfigAttributes.ACCESS_TOKEN_LIFESPAN);
        int seconds = own != null && own.matches("\\d{1,9}") ? Integer.parseInt(own) : realm.getAccessTokenLifespan();
        return seconds > 0 ? seconds : realm.getSsoSessionMaxLifespan();
    }
}
