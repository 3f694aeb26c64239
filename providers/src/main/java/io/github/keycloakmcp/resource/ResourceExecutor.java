package io.github.keycloakmcp.resource;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.LoginServer;
import io.github.keycloakmcp.platform.ProviderIds;
import io.github.keycloakmcp.platform.Refusals;
import io.github.keycloakmcp.platform.RequestEvent;
import io.github.keycloakmcp.platform.ServerCatalogue;
import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.resource.GrantedResources;
import io.github.keycloakmcp.rule.resource.McpServer;
import io.github.keycloakmcp.rule.resource.McpServers;
import io.github.keycloakmcp.rule.resource.ResourceBinding;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.endpoints.request.AuthorizationEndpointRequest;
import org.keycloak.protocol.oidc.grants.ciba.clientpolicy.context.BackchannelAuthenticationRequestContext;
import org.keycloak.protocol.oidc.grants.device.clientpolicy.context.DeviceAuthorizationRequestContext;
import org.keycloak.protocol.oidc.grants.device.clientpolicy.context.DeviceTokenResponseContext;
import org.keycloak.protocol.oidc.par.clientpolicy.context.PushedAuthorizationRequestContext;
import org.keycloak.representations.idm.ClientPolicyExecutorConfigurationRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.ClientPolicyEvent;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientpolicy.context.AuthorizationRequestContext;
import org.keycloak.services.clientpolicy.context.TokenRefreshContext;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProvider;

/**
 * Says {@code invalid_target} at the authorization endpoint. Without it an unknown {@code resource} is refused only
 * after the user has logged in and consented, which teaches users to approve things that then fail.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8707#section-2.1">RFC 8707, section 2.1</a>
 */
final class ResourceExecutor implements ClientPolicyExecutorProvider<ClientPolicyExecutorConfigurationRepresentation> {

    private static final Refusal OTHER_RESPONSE_TYPE = new Refusal(
            RefusalCode.RESPONSE_TYPE_REFUSED,
            OAuthErrorException.UNSUPPORTED_RESPONSE_TYPE,
            "MCP scopes require response_type=code",
            "response type other than code",
            "RFC 6749 section 4.1.2.1");

    private static final Refusal BACKCHANNEL = new Refusal(
            RefusalCode.GRANT_NOT_BINDABLE,
            OAuthErrorException.UNAUTHORIZED_CLIENT,
            "MCP scopes cannot be requested by backchannel authentication",
            "backchannel authentication with an MCP scope",
            "OpenID Connect CIBA Core section 13");

    /** What may end in a token. */
    private static final Set<ClientPolicyEvent> TOKEN_REQUESTS = EnumSet.of(
            ClientPolicyEvent.TOKEN_REQUEST,
            ClientPolicyEvent.TOKEN_REFRESH,
            ClientPolicyEvent.SERVICE_ACCOUNT_TOKEN_REQUEST,
            ClientPolicyEvent.RESOURCE_OWNER_PASSWORD_CREDENTIALS_REQUEST,
            ClientPolicyEvent.TOKEN_EXCHANGE_REQUEST,
            ClientPolicyEvent.JWT_AUTHORIZATION_GRANT);

    private final KeycloakSession session;

    ResourceExecutor(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void executeOnEvent(ClientPolicyContext context) throws ClientPolicyException {
        if (TOKEN_REQUESTS.contains(context.getEvent())) {
            refuseIncomplete();
        }
        if (context instanceof AuthorizationRequestContext authorization) {
            for (McpServer server : requested(
                    EventType.LOGIN_ERROR,
                    authorization.getClient(),
                    authorization.getAuthorizationEndpointRequest())) {
                LoginServer.fix(authorization.getAuthenticationSession(), server);
                demandLogin(authorization);
            }
        } else if (context instanceof PushedAuthorizationRequestContext pushed) {
            requested(EventType.PUSHED_AUTHORIZATION_REQUEST_ERROR, pushed.getClient(), pushed.getRequest());
        } else if (context instanceof DeviceAuthorizationRequestContext device) {
            for (McpServer server : requested(
                    EventType.OAUTH2_DEVICE_AUTH_ERROR, session.getContext().getClient(), device.getRequest())) {
                DeviceGrant.remember(device.getRequest(), server.uri());
            }
        } else if (context instanceof DeviceTokenResponseContext device) {
            DeviceGrant.hand(session, device.getDeviceCodeModel());
        } else if (context instanceof BackchannelAuthenticationRequestContext backchannel) {
            refuseBackchannel(backchannel);
        } else if (context instanceof TokenRefreshContext refresh) {
            keepOpen(refresh);
        }
    }

    /** Keycloak asks at every event, for a line of its log at the level TRACE. */
    @Override
    public String getName() {
        return getProviderId();
    }

    @Override
    public String getProviderId() {
        return ProviderIds.RESOURCE;
    }

    /** The servers that {@code request} is for; none, where it has nothing to do with MCP. */
    private Set<McpServer> requested(EventType event, ClientModel client, AuthorizationEndpointRequest request)
            throws ClientPolicyException {
        String resource = request.getResource();
        List<String> resources = resource == null || resource.isEmpty() ? List.of() : List.of(resource);
        McpServers servers = allowed(event, servers(client, request.getScope(), resources));
        if (!servers.isMcp()) {
            Optional<Refusal> unopened = RequestedScopes.unopened(session, client, resources);
            if (unopened.isPresent()) {
                throw Refusals.policy(session, event, unopened.get());
            }
            return Set.of();
        }
        String responseType = request.getResponseType();
        if (responseType != null && !responseType.equals(OAuth2Constants.CODE)) {
            throw Refusals.policy(session, event, OTHER_RESPONSE_TYPE);
        }
        Set<McpServer> found = allowed(event, ResourceBinding.authorize(servers, resources));
        if (!found.isEmpty()) {
            RequestEvent.note(session, found.stream().map(McpServer::uri).toList());
        }
        allowed(event, TokenScopes.requested(session, client, request.getScope(), found));
        return found;
    }

    private void demandLogin(AuthorizationRequestContext authorization) throws ClientPolicyException {
        Optional<Refusal> lower = StrongerLogin.demand(
                session, authorization.getAuthenticationSession(), authorization.getAuthorizationEndpointRequest());
        if (lower.isPresent()) {
            throw Refusals.policy(session, EventType.LOGIN_ERROR, lower.get());
        }
    }

    /**
     * A refresh for fewer scopes, none of which opens an MCP server, would be refused by the post-processor, but only after
     * the refresh token has counted as used: the mapper, which speaks before, does not run without its scope.
     */
    private void keepOpen(TokenRefreshContext context) throws ClientPolicyException {
        String scope = context.getScopeParameter();
        if (scope == null || scope.isEmpty()) {
            return;
        }
        GrantedResources granted = ResourceRequest.presentedGrant(session);
        McpServers servers = allowed(EventType.REFRESH_TOKEN_ERROR, servers(context.getClient(), scope, List.of()));
        if (granted instanceof GrantedResources.Carried && !servers.isMcp()) {
            allowed(EventType.REFRESH_TOKEN_ERROR, ResourceBinding.decide(servers, granted, List.of()));
        }
    }

    /**
     * Where a server option disables both the mapper and the post-processor, nothing else of this extension takes part in
     * making a token. Then every client that may have an MCP scope is refused.
     */
    private void refuseIncomplete() throws ClientPolicyException {
        if (ServerCatalogue.disabledPart(session.getKeycloakSessionFactory()).isPresent()) {
            ClientModel client = session.getContext().getClient();
            Stream<ClientScopeModel> scopes = Stream.of(client.getClientScopes(true), client.getClientScopes(false))
                    .flatMap(assigned -> assigned.values().stream());
            ServerCatalogue.of(session, scopes.flatMap(ClientScopeModel::getProtocolMappersStream), List.of())
                    .orThrow(refusal -> {
                        UsedCodes.keepUsed(session);
                        return Refusals.policy(session, EventType.CODE_TO_TOKEN_ERROR, refusal);
                    });
        }
    }

    /** CIBA shows the user no page on which the MCP server could be named, so a token of it is never bound. */
    private void refuseBackchannel(BackchannelAuthenticationRequestContext context) throws ClientPolicyException {
        if (allowed(
                        EventType.LOGIN_ERROR,
                        servers(context.getClient(), context.getRequest().getScope(), List.of()))
                .isMcp()) {
            throw Refusals.policy(session, EventType.LOGIN_ERROR, BACKCHANNEL);
        }
    }

    private Verdict<McpServers> servers(ClientModel client, @Nullable String scope, List<String> resources) {
        return ServerCatalogue.of(
                session,
                TokenManager.getRequestedClientScopes(session, scope, client, null)
                        .flatMap(ClientScopeModel::getProtocolMappersStream),
                resources);
    }

    private <T> T allowed(EventType event, Verdict<T> verdict) throws ClientPolicyException {
        return verdict.orThrow(refusal -> Refusals.policy(session, event, refusal));
    }
}
