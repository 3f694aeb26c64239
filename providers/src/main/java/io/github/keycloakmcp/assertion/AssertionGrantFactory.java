package io.github.keycloakmcp.assertion;

import io.github.keycloakmcp.platform.McpProviderFactory;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.oidc.grants.JWTAuthorizationGrantTypeFactory;
import org.keycloak.protocol.oidc.grants.OAuth2GrantType;

/** Puts {@link AssertionGrant} in the place of Keycloak's JWT authorization grant. */
public final class AssertionGrantFactory extends JWTAuthorizationGrantTypeFactory
        implements McpProviderFactory<OAuth2GrantType> {

    @Override
    public OAuth2GrantType create(KeycloakSession session) {
        return new AssertionGrant();
    }

    @Override
    public void init(Config.Scope config) {
        super.init(config);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        super.postInit(factory);
    }

    @Override
    public void close() {
        super.close();
    }

    /** Of two providers with one id the higher order wins. */
    @Override
    public int order() {
        return super.order() + 1;
    }
}
