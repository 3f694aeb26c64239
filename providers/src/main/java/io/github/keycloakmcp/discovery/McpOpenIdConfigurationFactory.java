package io.github.keycloakmcp.discovery;

import io.github.keycloakmcp.platform.ProviderIds;
import org.keycloak.protocol.oidc.OIDCWellKnownProviderFactory;

/** {@code openid-configuration} (OpenID Connect Discovery): where some clients look, and some look only. */
public final class McpOpenIdConfigurationFactory extends McpMetadataFactory {

    public McpOpenIdConfigurationFactory() {
        super(ProviderIds.OPENID_CONFIGURATION, OIDCWellKnownProviderFactory.PROVIDER_ID);
    }
}
