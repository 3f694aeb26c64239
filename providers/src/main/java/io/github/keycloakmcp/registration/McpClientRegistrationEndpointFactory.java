package io.github.keycloakmcp.registration;

import java.util.Map;

import io.github.keycloakmcp.platform.BuildInfo;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ServerInfoAwareProviderFactory;
import org.keycloak.services.clientregistration.ClientRegistrationProvider;
import org.keycloak.services.clientregistration.ClientRegistrationProviderFactory;
import org.keycloak.services.clientregistration.oidc.OIDCClientRegistrationProviderFactory;

/** Puts {@link McpClientRegistrationEndpoint} at the URL of Keycloak's own endpoint, by taking its id. */
public final class McpClientRegistrationEndpointFactory
        implements ClientRegistrationProviderFactory, ServerInfoAwareProviderFactory {

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

    @Override
    public Map<String, String> getOperationalInfo() {
        return BuildInfo.operationalInfo();
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
