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
        return "Holds MCP clients to the rules of the registration policy, however they come and whoever changes them. A "
                + "setting that is empty here is taken from the realm's registration policy. Put it last in its profile, "
                + "behind executors that change clients.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return RealmSettings.OF_EXECUTOR.stream()
                .map(Setting::inheritedProperty)
                .toList();
    }
}
