package io.github.keycloakmcp.discovery;

import io.github.keycloakmcp.platform.AdvertisingScopes;
import io.github.keycloakmcp.platform.ProviderIds;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.oauth2.OAuth2WellKnownProviderFactory;

/** Authorization server metadata, {@code oauth-authorization-server} (RFC 8414): where MCP clients look first. */
public final class McpAuthorizationServerFactory extends McpMetadataFactory {

    public McpAuthorizationServerFactory() {
        super(ProviderIds.AUTHORIZATION_SERVER, OAuth2WellKnownProviderFactory.PROVIDER_ID);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        AdvertisingScopes.watch(factory);
    }
}
