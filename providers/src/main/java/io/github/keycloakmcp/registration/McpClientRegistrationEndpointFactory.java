package io.github.keycloakmcp.registration;

import io.github.keycloakmcp.platform.McpProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.clientregistration.ClientRegistrationProvider;
import org.keycloak.services.clientregistration.ClientRegistrationProviderFactory;
import org.keycloak.services.clientregistration.oidc.OIDCClientRegistrationProviderFactory;

/** Puts {@link McpClientRegistrationEndpoint} at the URL of Keycloak's own endpoint, by taking its id. */
public final class McpClientRegistrationEndpointFactory
        implements ClientRegistrationProviderFactory, McpProviderFactory<ClientRegistrationProvider> {

    /** Of two providers with one id the higher order wins; Keycloak's own has 0. */
    private static final int BEFORE_KEYCLOAK = 10;

    @Override
    public ClientRegistrationProvider create(KeycloakSession session) {
        return new McpClientRegistrationEndpoint(session);
    }

    @Override
    public int order() {
        return BEFORE_KEYCLOAK;
    }

    @Override
    public String getId() {
        return OIDCClientRegistrationProviderFactory.ID;
    }
}
