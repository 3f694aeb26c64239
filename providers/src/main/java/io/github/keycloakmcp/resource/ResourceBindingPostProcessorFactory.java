package io.github.keycloakmcp.resource;

import java.util.Map;

import io.github.keycloakmcp.platform.BuildInfo;
import io.github.keycloakmcp.platform.ProviderIds;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorFactory;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/** Makes the {@link ResourceBindingPostProcessor}; nothing to set, because a lock with a setting can be left open. */
public final class ResourceBindingPostProcessorFactory
        implements TokenPostProcessorFactory, ServerInfoAwareProviderFactory {

    /** After the post-processors of Keycloak's own, where the server knows an order (26.7 and newer). */
    private static final int LAST = -100;

    @Override
    public TokenPostProcessor create(KeycloakSession session) {
        return new ResourceBindingPostProcessor(session);
    }

    @Override
    public int order() {
        return LAST;
    }

    @Override
    public String getId() {
        return ProviderIds.RESOURCE_BINDING;
    }

    @Override
    public Map<String, String> getOperationalInfo() {
        return BuildInfo.operationalInfo();
    }
}
