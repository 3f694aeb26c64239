package io.github.keycloakmcp.registration;

import java.util.List;
import java.util.Map;

import io.github.keycloakmcp.platform.BuildInfo;
import io.github.keycloakmcp.platform.ProviderIds;
import io.github.keycloakmcp.platform.Setting;
import io.github.keycloakmcp.settings.RealmSettings;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ServerInfoAwareProviderFactory;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProvider;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProviderFactory;

/** Client policy executor {@value ProviderIds#CLIENT_GUARD}: makes the {@link McpClientGuard}. */
public final class McpClientGuardFactory
        implements ClientPolicyExecutorProviderFactory, ServerInfoAwareProviderFactory {

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
