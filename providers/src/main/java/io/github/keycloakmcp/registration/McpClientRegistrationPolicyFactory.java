package io.github.keycloakmcp.registration;

import java.util.ArrayList;
import java.util.List;

import io.github.keycloakmcp.platform.McpProviderFactory;
import io.github.keycloakmcp.platform.ProviderIds;
import io.github.keycloakmcp.platform.Setting;
import io.github.keycloakmcp.settings.RealmSettings;
import org.keycloak.component.ComponentModel;
import org.keycloak.component.ComponentValidationException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.services.clientregistration.policy.AbstractClientRegistrationPolicyFactory;
import org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy;

/**
 * Client registration policy {@value ProviderIds#CLIENT_REGISTRATION}: lets MCP clients register themselves, safely, in
 * place of Keycloak's Trusted Hosts, Allowed Client Scopes and Max Clients policies.
 */
public final class McpClientRegistrationPolicyFactory extends AbstractClientRegistrationPolicyFactory
        implements McpProviderFactory<ClientRegistrationPolicy> {

    @Override
    public ClientRegistrationPolicy create(KeycloakSession session, ComponentModel model) {
        return new McpClientRegistrationPolicy(RealmSettings.of(model), session);
    }

    @Override
    public void validateConfiguration(KeycloakSession session, RealmModel realm, ComponentModel model)
            throws ComponentValidationException {
        List<String> problems = new ArrayList<>();
        RealmSettings.check(model, problems::add);
        if (!problems.isEmpty()) {
            throw new ComponentValidationException(problems.get(0));
        }
    }

    @Override
    public void onUpdate(KeycloakSession session, RealmModel realm, ComponentModel before, ComponentModel after) {
        RealmSettings.follow(realm, before, after);
    }

    @Override
    public String getId() {
        return ProviderIds.CLIENT_REGISTRATION;
    }

    @Override
    public String getHelpText() {
        return "Allows MCP clients to register. Checks redirect URIs, grants and names, requires PKCE and consent, and "
                + "assigns the MCP scope. Use it instead of Trusted Hosts, Allowed Client Scopes and Max Clients. A "
                + "change of the policy for anonymous access also applies to the one for authenticated access, as long as "
                + "both have the same settings.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return RealmSettings.OF_POLICY.stream().map(Setting::property).toList();
    }
}
