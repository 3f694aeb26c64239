package io.github.keycloakmcp.resource;

import java.util.List;
import java.util.Set;

import io.github.keycloakmcp.platform.ProviderIds;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.resource.McpServer;
import io.github.keycloakmcp.rule.resource.McpServers;
import io.github.keycloakmcp.rule.resource.ResourceBinding;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.endpoints.request.AuthorizationEndpointRequest;
import org.keycloak.protocol.oidc.par.clientpolicy.context.PushedAuthorizationRequestContext;
import org.keycloak.representations.idm.ClientPolicyExecutorConfigurationRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientpolicy.context.AuthorizationRequestContext;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProvider;

/**
 * Says {@code invalid_target} at the authorization endpoint. Without it an unknown {@code resource} is refused only
 * after the user has logged in and consented, which teaches users to approve things that then fail.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8707#section-2.1">RFC 8707, section 2.1</a>
 */
final class ResourceExecutor implements ClientPolicyExecutorProvider<ClientPolicyExecutorConfigurationRepresentation> {

    private final KeycloakSession session;

    ResourceExecutor(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void executeOnEvent(ClientPolicyContext context) throws ClientPolicyException {
        if (context instanceof AuthorizationRequestContext authorization) {
            check(authorization.getClient(), authorization.getAuthorizationEndpointRequest());
        } else if (context instanceof PushedAuthorizationRequestContext pushed) {
            check(pushed.getClient(), pushed.getRequest());
        }
    }

    @Override
    public String getProviderId() {
        return ProviderIds.RESOURCE;
    }

    private void check(ClientModel client, AuthorizationEndpointRequest request) throws ClientPolicyException {
        McpServers servers = ResourceAudienceMapper.serversOpenedBy(
                session,
                TokenManager.getRequestedClientScopes(session, request.getScope(), client, null)
                        .flatMap(ClientScopeModel::getProtocolMappersStream));
        if (servers.isEmpty()) {
            return;
        }
        Verdict<Set<McpServer>> verdict = ResourceBinding.authorize(servers, asList(request.getResource()));
        if (verdict instanceof Verdict.Refused<Set<McpServer>> refused) {
            throw new ClientPolicyException(
                    refused.refusal().error(), refused.refusal().description());
        }
    }

    private static List<String> asList(@Nullable String resource) {
        return resource == null ? List.of() : List.of(resource);
    }
}
