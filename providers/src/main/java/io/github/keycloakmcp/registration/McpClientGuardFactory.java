package io.github.keycloakmcp.registration;

import java.util.List;

import io.github.keycloakmcp.platform.McpExecutorFactory;
import io.github.keycloakmcp.platform.ProviderIds;
import io.github.keycloakmcp.platform.Setting;
import io.github.keycloakmcp.settings.RealmSettings;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProvider;

/** Client policy executor {@value ProviderIds#CLIENT_GUARD}: makes the {@link McpClientGuard}. */
public final class McpClientGuardFactory implements McpExecutorFactory {

    @Override
    public ClientPolicyExecutorProvider<?> create(KeycloakSession session) {
        return new McpClientGuard(session);
    }

    @Override
    public String getId() {
        return ProviderIds.CLIENT_GUARD;
    }

    @Override
    public String getHelpText() {
        return "Applies the rules of the registration policy when an MCP client is created in any way or changed by an "
                + "administrator. Empty settings are inherited from the registration policy. Make it the last executor of "
                + "its profile, after executors that change clients.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return RealmSettings.OF_EXECUTOR.stream()
                .map(Setting::inheritedProperty)
                .toList();
    }
}
