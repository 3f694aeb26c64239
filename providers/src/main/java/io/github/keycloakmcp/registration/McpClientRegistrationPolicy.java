package io.github.keycloakmcp.registration;

import java.util.Collection;

import io.github.keycloakmcp.admission.Admission;
import io.github.keycloakmcp.platform.Refusals;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.registration.AcceptedClient;
import io.github.keycloakmcp.settings.RealmSettings;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.clientregistration.ClientRegistrationContext;
import org.keycloak.services.clientregistration.ClientRegistrationProvider;
import org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy;

/**
 * Judges every registration and every update, and completes what is stored. What it refuses leaves nothing behind but
 * an event.
 *
 * @see Admission
 */
final class McpClientRegistrationPolicy implements ClientRegistrationPolicy {

    private final RealmSettings settings;
    private final KeycloakSession session;
    private final Admission admission;

    McpClientRegistrationPolicy(RealmSettings settings, KeycloakSession session) {
        this.settings = settings;
        this.session = session;
        this.admission = new Admission(settings, session);
    }

    @Override
    public void beforeRegister(ClientRegistrationContext context) {
        require(context, admission.register(context.getClient()));
    }

    @Override
    public void beforeUpdate(ClientRegistrationContext context, ClientModel client) {
        require(context, admission.update(context.getClient(), client));
    }

    @Override
    public Collection<String> getAllowedOrigins() {
        return settings.registration().origins();
    }

    private void require(ClientRegistrationContext context, Verdict<AcceptedClient> verdict) {
        verdict.orThrow(
                refusal -> Refusals.refuse(session, context.getProvider().getEvent(), refusal));
    }

    @Override
    public void afterRegister(ClientRegistrationContext context, ClientModel client) {}

    @Override
    public void afterUpdate(ClientRegistrationContext context, ClientModel client) {}

    @Override
    public void beforeView(ClientRegistrationProvider provider, ClientModel client) {
        requireEndpoint(provider, client);
        admission.view();
    }

    @Override
    public void beforeDelete(ClientRegistrationProvider provider, ClientModel client) {
        requireEndpoint(provider, client);
    }

    private void requireEndpoint(ClientRegistrationProvider provider, ClientModel client) {
        admission.manage(client).orThrow(refusal -> Refusals.refuse(session, provider.getEvent(), refusal));
    }
}
