package io.github.keycloakmcp.consent;

import java.util.List;

import io.github.keycloakmcp.platform.McpProviderFactory;
import io.github.keycloakmcp.platform.ProviderIds;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderConfigProperty;

/** Makes the {@link McpConsent}; the realm has it registered and enabled under Authentication → Required actions. */
public final class McpConsentFactory implements RequiredActionFactory, McpProviderFactory<RequiredActionProvider> {

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
}
