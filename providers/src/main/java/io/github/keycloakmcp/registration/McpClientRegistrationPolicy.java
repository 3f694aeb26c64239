package io.github.keycloakmcp.registration;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.McpLog;
import io.github.keycloakmcp.platform.Refusals;
import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.registration.AcceptedClient;
import io.github.keycloakmcp.rule.registration.RegistrationRule;
import io.github.keycloakmcp.rule.registration.ScopeRule;
import jakarta.ws.rs.WebApplicationException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OAuth2DeviceConfig;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.services.clientregistration.ClientRegistrationContext;
import org.keycloak.services.clientregistration.ClientRegistrationProvider;
import org.keycloak.services.clientregistration.oidc.OIDCClientRegistrationContext;
import org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy;

/**
 * Judges every registration and every update, and completes what is stored: PKCE, consent, scopes. What it refuses
 * leaves nothing behind but an event.
 *
 * @see RegistrationRule
 */
final class McpClientRegistrationPolicy implements ClientRegistrationPolicy {

    private static final String PKCE_METHOD = "S256";

    private final McpClientRegistrationConfig config;
    private final KeycloakSession session;
    private final RealmModel realm;

    McpClientRegistrationPolicy(McpClientRegistrationConfig config, KeycloakSession session) {
        this.config = config;
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    @Override
    public void beforeRegister(ClientRegistrationContext context) {
        if (config.maxClients() > 0 && realm.getClientsCount() >= config.maxClients()) {
            throw refuse(context, RegistrationRefusals.realmIsFull());
        }
        admit(context);
    }

    @Override
    public void beforeUpdate(ClientRegistrationContext context, ClientModel client) {
        admit(context);
    }

    @Override
    public Collection<String> getAllowedOrigins() {
        return config.origins();
    }

    private void admit(ClientRegistrationContext context) {
        if (!(context instanceof OIDCClientRegistrationContext)) {
            throw refuse(context, RegistrationRefusals.wrongEndpoint());
        }
        for (String scope : config.forcedScopes()) {
            if (realm.getClientScopesStream().noneMatch(existing -> scope.equals(existing.getName()))) {
                McpLog.forcedScopeMissing(realm.getName(), scope);
                throw refuse(context, RegistrationRefusals.forcedScopeMissing());
            }
        }
        dropDeviceGrant(context.getClient());
        Verdict<AcceptedClient> verdict = new RegistrationRule(config.redirectUriRule(), scopeRule())
                .judge(RequestedMetadata.of(context.getClient()));
        if (verdict instanceof Verdict.Refused<AcceptedClient> refused) {
            throw refuse(context, refused.refusal());
        } else if (verdict instanceof Verdict.Allowed<AcceptedClient> allowed) {
            complete(context.getClient(), allowed.value());
            EffectiveScope.of(allowed.value().scopes().reported()).keepIn(session);
        }
    }

    /**
     * VS Code registers with every grant it knows that the metadata lists, and Keycloak's metadata always lists the
     * device grant. A client that also knows it is no reason to refuse; the response tells the grants it has got.
     */
    private static void dropDeviceGrant(ClientRepresentation client) {
        if (client.getAttributes() != null) {
            client.getAttributes().remove(OAuth2DeviceConfig.OAUTH2_DEVICE_AUTHORIZATION_GRANT_ENABLED);
        }
    }

    private static void complete(ClientRepresentation client, AcceptedClient accepted) {
        Map<String, String> attributes = new HashMap<>();
        if (client.getAttributes() != null) {
            attributes.putAll(client.getAttributes());
        }
        attributes.put(OIDCConfigAttributes.PKCE_CODE_CHALLENGE_METHOD, PKCE_METHOD);
        client.setAttributes(attributes);
        client.setRedirectUris(accepted.redirectUris());
        client.setConsentRequired(true);
        client.setFullScopeAllowed(false);
        client.setDefaultClientScopes(accepted.scopes().defaults());
        client.setOptionalClientScopes(accepted.scopes().optional());
    }

    private ScopeRule scopeRule() {
        return new ScopeRule(
                names(realm.getDefaultClientScopesStream(true)),
                names(realm.getDefaultClientScopesStream(false)),
                config.forcedScopes(),
                names(realm.getClientScopesStream().filter(ClientScopeModel::isIncludeInOpenIDProviderMetadata)));
    }

    private static Set<String> names(Stream<ClientScopeModel> scopes) {
        return scopes.filter(scope -> OIDCLoginProtocol.LOGIN_PROTOCOL.equals(scope.getProtocol()))
                .map(ClientScopeModel::getName)
                .collect(Collectors.toUnmodifiableSet());
    }

    private WebApplicationException refuse(ClientRegistrationContext context, Refusal refusal) {
        return Refusals.refuse(session, context.getProvider().getEvent(), refusal);
    }

    @Override
    public void afterRegister(ClientRegistrationContext context, ClientModel client) {}

    @Override
    public void afterUpdate(ClientRegistrationContext context, ClientModel client) {}

    @Override
    public void beforeView(ClientRegistrationProvider provider, ClientModel client) {
        EffectiveScope.of(scopeRule().assign(List.of()).reported()).keepIn(session);
    }

    @Override
    public void beforeDelete(ClientRegistrationProvider provider, ClientModel client) {}
}
