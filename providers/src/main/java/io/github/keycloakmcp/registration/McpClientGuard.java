package io.github.keycloakmcp.registration;

import java.util.List;
import java.util.Map;

import io.github.keycloakmcp.admission.AdministeredClient;
import io.github.keycloakmcp.admission.Admission;
import io.github.keycloakmcp.admission.LaterScopes;
import io.github.keycloakmcp.platform.OwnEvent;
import io.github.keycloakmcp.platform.ProviderIds;
import io.github.keycloakmcp.platform.Refusals;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.settings.RealmPolicies;
import io.github.keycloakmcp.settings.RealmSettings;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.representations.idm.ClientPolicyExecutorConfigurationRepresentation;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.ClientPolicyEvent;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientpolicy.context.AdminClientRegisterContext;
import org.keycloak.services.clientpolicy.context.AdminClientUpdateContext;
import org.keycloak.services.clientpolicy.context.ClientCRUDContext;
import org.keycloak.services.clientpolicy.context.DynamicClientRegisterContext;
import org.keycloak.services.clientpolicy.context.DynamicClientUnregisterContext;
import org.keycloak.services.clientpolicy.context.DynamicClientUpdateContext;
import org.keycloak.services.clientpolicy.context.DynamicClientViewContext;
import org.keycloak.services.clientpolicy.context.PreAuthorizationRequestContext;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProvider;
import org.keycloak.services.clientregistration.RegistrationAccessToken;

/**
 * The twin of the registration policy among client policies. Registration policies never see what an administrator
 * changes, nor clients that come by a metadata document; this executor sees every client that is created or changed.
 *
 * <p>A client that registered itself is held to every rule, no matter who changes it. A client that an administrator made, and
 * that has an MCP scope, is held to the few that stop leaks by mistake. Other clients are left alone. Before an
 * authorization request, a self-registered client gets the advertised scopes that the realm has got since, see
 * {@link LaterScopes}.
 *
 * @see Admission
 * @see AdministeredClient
 */
final class McpClientGuard implements ClientPolicyExecutorProvider<ClientPolicyExecutorConfigurationRepresentation> {

    private final KeycloakSession session;
    private Map<String, Object> own = Map.of();

    McpClientGuard(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void setupConfiguration(@Nullable ClientPolicyExecutorConfigurationRepresentation configuration) {
        own = configuration == null ? Map.of() : configuration.getConfigAsMap();
    }

    /** Keycloak asks at every event, for a line of its log at the level TRACE. */
    @Override
    public String getName() {
        return getProviderId();
    }

    @Override
    public String getProviderId() {
        return ProviderIds.CLIENT_GUARD;
    }

    @Override
    public void executeOnEvent(ClientPolicyContext context) throws ClientPolicyException {
        if (context instanceof PreAuthorizationRequestContext request && request.getRequestParameters() != null) {
            LaterScopes.give(
                    session,
                    request.getClientId(),
                    request.getRequestParameters().getFirst(OAuth2Constants.SCOPE));
            return;
        }
        if (!(context instanceof ClientCRUDContext change)) {
            return;
        }
        ClientRepresentation proposed = change.getProposedClientRepresentation();
        ClientModel stored = change.getTargetClient();
        if (context instanceof DynamicClientViewContext) {
            answer(EventType.CLIENT_INFO, stored, admission(change).manage(stored));
            admission(change).view();
        } else if (context instanceof DynamicClientUnregisterContext) {
            answer(EventType.CLIENT_DELETE, stored, admission(change).manage(stored));
        } else if (proposed == null || !isBefore(context.getEvent())) {
            return;
        } else if (context instanceof DynamicClientRegisterContext) {
            answer(EventType.CLIENT_REGISTER, null, admission(change).register(proposed));
        } else if (context instanceof DynamicClientUpdateContext) {
            answer(EventType.CLIENT_UPDATE, stored, admission(change).update(proposed, stored));
        } else if (context instanceof AdminClientRegisterContext || context instanceof AdminClientUpdateContext) {
            tell(context.getEvent(), stored, administered(change, proposed, stored));
        } else {
            tell(context.getEvent(), stored, admission(change).document(proposed, stored));
        }
    }

    private Verdict<?> administered(
            ClientCRUDContext change, ClientRepresentation proposed, @Nullable ClientModel stored) {
        AdministeredClient client = AdministeredClient.of(session, proposed, stored);
        if (client.registeredItself()) {
            return admission(change).administer(client);
        }
        return client.isMcp(session)
                ? client.judge(session, settings(change).registration())
                : Verdict.allowed(List.of());
    }

    private Admission admission(ClientCRUDContext change) {
        return new Admission(settings(change), session);
    }

    private RealmSettings settings(ClientCRUDContext change) {
        return RealmSettings.ofExecutor(session.getContext().getRealm(), own, isTrusted(change));
    }

    /** Tells whether an initial access token or an administrator stands behind the request; a registration access token is worth what it was given for. */
    private static boolean isTrusted(ClientCRUDContext change) {
        JsonWebToken token = change.getToken();
        return token != null
                && !RealmPolicies.ANONYMOUS.equals(
                        token.getOtherClaims().get(RegistrationAccessToken.REGISTRATION_AUTH));
    }

    /** Keycloak would rewrite a ClientPolicyException to 403 here; a client gets the error that RFC 7591 knows. */
    private void answer(EventType type, @Nullable ClientModel client, Verdict<?> verdict) {
        verdict.orThrow(refusal -> Refusals.refuse(session, event(type, client), refusal));
    }

    /** Keycloak shows a ClientPolicyException to the administrator as it is, and keeps no event of it. */
    private void tell(ClientPolicyEvent event, @Nullable ClientModel client, Verdict<?> verdict)
            throws ClientPolicyException {
        EventType type = event == ClientPolicyEvent.REGISTER ? EventType.CLIENT_REGISTER : EventType.CLIENT_UPDATE;
        verdict.orThrow(refusal -> Refusals.policy(session, event(type, client), refusal));
    }

    private EventBuilder event(EventType type, @Nullable ClientModel client) {
        EventBuilder event = OwnEvent.of(session, type);
        return client == null ? event : event.client(client);
    }

    private static boolean isBefore(ClientPolicyEvent event) {
        return event == ClientPolicyEvent.REGISTER || event == ClientPolicyEvent.UPDATE;
    }
}
