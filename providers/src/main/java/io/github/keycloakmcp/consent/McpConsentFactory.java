package io.github.keycloakmcp.consent;

import java.util.List;
import java.util.Map;

import io.github.keycloakmcp.platform.BuildInfo;
import io.github.keycloakmcp.platform.ProviderIds;
import org.keycloak.Config;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/** Makes the {@link McpConsent}; the realm has it registered and enabled under Authentication → Required actions. */
public final class McpConsentFactory implements RequiredActionFactory, ServerInfoAwareProviderFactory {

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return new McpConsent(session);
    }

    @Override
    public String getId() {
        return ProviderIds.CONSENT;
    }

    @Override
    public String getDisplayText() {
        return "MCP: ask for consent to each MCP server";
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return List.of();
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
