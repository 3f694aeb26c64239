package io.github.keycloakmcp.resource;

import java.util.List;

import io.github.keycloakmcp.platform.McpExecutorFactory;
import io.github.keycloakmcp.platform.ProviderIds;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProvider;

/** Makes the {@link ResourceExecutor}; which servers exist is said on the mapper, so there is nothing to set here. */
public final class ResourceExecutorFactory implements McpExecutorFactory {

    @Override
    public ClientPolicyExecutorProvider<?> create(KeycloakSession session) {
        return new ResourceExecutor(session);
    }

    @Override
    public String getId() {
        return ProviderIds.RESOURCE;
    }

    @Override
    public String getHelpText() {
        return "Rejects an authorization request (invalid_target) before the user logs in, if no requested scope declares "
                + "the MCP server in its resource parameter. Does not apply to requests without an MCP scope.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
    }
}
