package io.github.keycloakmcp.platform;

import java.util.Map;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/**
 * A factory of this extension: nothing to read at start, nothing to close, and the version of the jar in the server
 * information. A factory that has more to do overrides the one method that does it.
 *
 * @param <P> what the factory makes
 */
public interface McpProviderFactory<P extends Provider> extends ProviderFactory<P>, ServerInfoAwareProviderFactory {

    @Override
    default void init(Config.Scope config) {}

    @Override
    default void postInit(KeycloakSessionFactory factory) {}

    @Override
    default void close() {}

    @Override
    default Map<String, String> getOperationalInfo() {
        return BuildInfo.operationalInfo();
    }
}
