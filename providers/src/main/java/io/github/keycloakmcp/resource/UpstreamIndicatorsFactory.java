package io.github.keycloakmcp.resource;

import io.github.keycloakmcp.platform.McpProviderFactory;
import io.github.keycloakmcp.platform.UpstreamFeature;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorFactory;
import org.keycloak.provider.EnvironmentDependentProviderFactory;

/**
 * Takes the place of Keycloak's own factory {@code resource-indicators} where its experimental feature is on. Without it a
 * server with that feature refuses tokens for MCP servers; where the feature is off there is nothing to replace.
 */
public final class UpstreamIndicatorsFactory
        implements TokenPostProcessorFactory,
                McpProviderFactory<TokenPostProcessor>,
                EnvironmentDependentProviderFactory {

    @Override
    public TokenPostProcessor create(KeycloakSession session) {
        return new UpstreamIndicators(session);
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}

    /** Of two providers with one id the higher order wins. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public String getId() {
        return UpstreamFeature.RESOURCE_INDICATORS.key();
    }

    @Override
    public boolean isSupported(Config.Scope config) {
        return UpstreamFeature.RESOURCE_INDICATORS.isOn();
    }
}
