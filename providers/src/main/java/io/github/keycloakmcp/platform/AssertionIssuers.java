package io.github.keycloakmcp.platform;

import java.util.stream.Stream;

import org.keycloak.broker.jwtauthorizationgrant.JWTAuthorizationGrantConfig;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderQuery;
import org.keycloak.models.IdentityProviderType;
import org.keycloak.models.KeycloakSession;

/** The identity providers whose assertions a realm accepts. */
public final class AssertionIssuers {

    private AssertionIssuers() {}

    /** Tells whether the realm accepts assertions of anybody. Most realms have no identity provider, and are not searched. */
    public static boolean any(KeycloakSession session) {
        return session.identityProviders().isIdentityFederationEnabled()
                && all(session).findAny().isPresent();
    }

    /** The identity providers whose assertions the realm accepts. */
    public static Stream<IdentityProviderModel> all(KeycloakSession session) {
        return session.identityProviders()
                .getAllStream(IdentityProviderQuery.type(IdentityProviderType.JWT_AUTHORIZATION_GRANT))
                .filter(AssertionIssuers::isAccepted);
    }

    /** Tells whether the realm accepts the assertions of {@code provider}. */
    public static boolean isAccepted(IdentityProviderModel provider) {
        return provider.isEnabled()
                && provider.getConfig() != null
                && Boolean.parseBoolean(
                        provider.getConfig().get(JWTAuthorizationGrantConfig.JWT_AUTHORIZATION_GRANT_ENABLED));
    }
}
