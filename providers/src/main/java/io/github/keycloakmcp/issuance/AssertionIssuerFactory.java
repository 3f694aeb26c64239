package io.github.keycloakmcp.issuance;

import io.github.keycloakmcp.platform.McpProviderFactory;
import io.github.keycloakmcp.platform.ProviderIds;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.TokenExchangeProvider;
import org.keycloak.protocol.oidc.TokenExchangeProviderFactory;

/** Offers {@link AssertionIssuer} to Keycloak's token exchange. */
public final class AssertionIssuerFactory
        implements TokenExchangeProviderFactory, McpProviderFactory<TokenExchangeProvider> {

    /**
     * Keycloak asks its providers in falling order which one supports a request: its standard exchange has 10. The one that
     * Keycloak is about to have for identity assertions has 30; it reads the same client attributes, and comes first.
     */
    private static final int ORDER = 20;

    @Override
    public TokenExchangeProvider create(KeycloakSession session) {
        return new AssertionIssuer();
    }

    @Override
    public String getId() {
        return ProviderIds.ASSERTION_ISSUER;
    }

    @Override
    public int order() {
        return ORDER;
    }
}
