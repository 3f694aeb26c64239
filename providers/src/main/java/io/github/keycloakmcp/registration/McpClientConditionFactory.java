package io.github.keycloakmcp.registration;

import java.util.List;
import java.util.Map;

import io.github.keycloakmcp.platform.BuildInfo;
import io.github.keycloakmcp.platform.ProviderIds;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ServerInfoAwareProviderFactory;
import org.keycloak.services.clientpolicy.condition.AbstractClientPolicyConditionProviderFactory;
import org.keycloak.services.clientpolicy.condition.ClientPolicyConditionProvider;

/** Client policy condition {@value ProviderIds#CLIENT_CONDITION}: makes the {@link McpClientCondition}. */
public final class McpClientConditionFactory extends AbstractClientPolicyConditionProviderFactory
        implements ServerInfoAwareProviderFactory {

    @Override
    public ClientPolicyConditionProvider<?> create(KeycloakSession session) {
        return new McpClientCondition(session);
    }

    @Override
    public String getId() {
        return ProviderIds.CLIENT_CONDITION;
    }

    @Override
    public String getHelpText() {
        return "Matches MCP clients: self-registered clients, and clients with a client scope that declares MCP servers. "
                + "Use it for rules that must not apply to other clients.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
    }

    @Override
    public Map<String, String> getOperationalInfo() {
        return BuildInfo.operationalInfo();
    }
}
