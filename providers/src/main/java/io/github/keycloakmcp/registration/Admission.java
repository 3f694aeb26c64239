package io.github.keycloakmcp.registration;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.platform.McpLog;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.registration.AcceptedClient;
import io.github.keycloakmcp.rule.registration.RegistrationRule;
import io.github.keycloakmcp.rule.registration.ScopeRule;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OAuth2DeviceConfig;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.representations.idm.ClientRepresentation;

/**
 * What happens to a client that registers itself or changes its registration, whichever shell asks: it is judged, and
 * completed with what every MCP client has (PKCE, consent, scopes). The registration policy and the client policy
 * executor both come here, so that each is enough alone and both together decide as one.
 *
 * @see RegistrationRule
 */
final class Admission {

    private static final String PKCE_METHOD = "S256";

    private final McpClientRegistrationConfig config;
    private final KeycloakSession session;
    private final RealmModel realm;

    Admission(McpClientRegistrationConfig config, KeycloakSession session) {
        this.config = config;
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /** Admits a client that registers itself, or says why not. */
    Verdict<AcceptedClient> register(ClientRepresentation client) {
        boolean counted = AskedMetadata.restore(session, client);
        if (!counted && config.maxClients() > 0 && realm.getClientsCount() >= config.maxClients()) {
            return Verdict.refused(RegistrationRefusals.realmIsFull());
        }
        Verdict<AcceptedClient> verdict = admit(client, client);
        if (verdict instanceof Verdict.Allowed<AcceptedClient>) {
            client.getAttributes().put(ClientAttributes.REGISTERED, Integer.toString(Time.currentTime()));
        }
        return verdict;
    }

    /** Admits what a client changes of itself: judged is the whole client as it would be afterwards. */
    Verdict<AcceptedClient> update(ClientRepresentation change, ClientModel stored) {
        AskedMetadata.restore(session, change);
        return admit(change, ChangedClient.of(session, stored, change));
    }

    /** The rule for the scopes of this realm. */
    ScopeRule scopeRule() {
        return new ScopeRule(
                names(realm.getDefaultClientScopesStream(true)),
                names(realm.getDefaultClientScopesStream(false)),
                config.forcedScopes(),
                names(realm.getClientScopesStream().filter(ClientScopeModel::isIncludeInOpenIDProviderMetadata)));
    }

    /**
     * Judges and completes.
     *
     * @param written what Keycloak will write
     * @param result the client that results from it
     */
    private Verdict<AcceptedClient> admit(ClientRepresentation written, ClientRepresentation result) {
        if (!McpClientRegistrationEndpoint.isReading(session)) {
            return Verdict.refused(RegistrationRefusals.wrongEndpoint());
        }
        for (String scope : config.forcedScopes()) {
            if (realm.getClientScopesStream().noneMatch(existing -> scope.equals(existing.getName()))) {
                McpLog.forcedScopeMissing(realm.getName(), scope);
                return Verdict.refused(RegistrationRefusals.forcedScopeMissing());
            }
        }
        dropDeviceGrant(written);
        dropDeviceGrant(result);
        Verdict<AcceptedClient> verdict =
                new RegistrationRule(config.redirectUriRule(), scopeRule()).judge(RequestedMetadata.of(result));
        if (verdict instanceof Verdict.Allowed<AcceptedClient> allowed) {
            complete(written, allowed.value());
            EffectiveScope.of(allowed.value().scopes().reported()).keepIn(session);
        }
        return verdict;
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
        attributes.keySet().removeIf(ClientAttributes::isReserved);
        attributes.put(OIDCConfigAttributes.PKCE_CODE_CHALLENGE_METHOD, PKCE_METHOD);
        client.setAttributes(attributes);
        client.setRedirectUris(accepted.redirectUris());
        client.setConsentRequired(true);
        client.setFullScopeAllowed(false);
        client.setDefaultClientScopes(accepted.scopes().defaults());
        client.setOptionalClientScopes(accepted.scopes().optional());
    }

    private static Set<String> names(Stream<ClientScopeModel> scopes) {
        return scopes.filter(scope -> OIDCLoginProtocol.LOGIN_PROTOCOL.equals(scope.getProtocol()))
                .map(ClientScopeModel::getName)
                .collect(Collectors.toUnmodifiableSet());
    }
}
