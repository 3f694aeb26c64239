package io.github.keycloakmcp.resource;

import java.util.List;
import java.util.Set;

import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.platform.ClientIds;
import io.github.keycloakmcp.platform.ServerCatalogue;
import io.github.keycloakmcp.platform.UserRoles;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.resource.GrantedResources;
import io.github.keycloakmcp.rule.resource.McpServers;
import io.github.keycloakmcp.rule.resource.ResourceBinding;
import io.github.keycloakmcp.rule.resource.ResourceIndicator;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.services.util.DPoPUtil;

/** Looks up what the rule needs to decide what a token is for, and whether its user may use that server. */
final class TokenBinding {

    private TokenBinding() {}

    /** The servers that the effective scopes of a token open, as far as the grant and the request name them. */
    static Verdict<McpServers> servers(KeycloakSession session, ClientSessionContext context, GrantedResources source) {
        return ServerCatalogue.of(
                session,
                context.getProtocolMappersStream(),
                ResourceRequest.concerned(source, ResourceRequest.resources(session)));
    }

    /**
     * The {@code aud} of a token. A name is left out that has become the client id of another MCP server, because that server
     * would accept the token, and one that is the client id of a disabled client.
     */
    static String[] audience(KeycloakSession session, ResourceBinding binding) {
        Set<String> named = binding.named();
        if (named.isEmpty()) {
            return binding.audience().toArray(String[]::new);
        }
        return binding.audience().stream()
                .filter(audience -> !named.contains(audience) || !isTaken(session, audience, binding))
                .toArray(String[]::new);
    }

    private static boolean isTaken(KeycloakSession session, String name, ResourceBinding binding) {
        return ClientIds.find(session.getContext().getRealm(), name)
                .filter(client -> !client.isEnabled() || isOfAnotherServer(client, binding))
                .isPresent();
    }

    private static boolean isOfAnotherServer(ClientModel client, ResourceBinding binding) {
        String url = client.getAttribute(ClientAttributes.RESOURCE_URL);
        return url != null
                && !(ResourceIndicator.parseAlsoPlainHttp(url) instanceof Verdict.Allowed<ResourceIndicator> its
                        && binding.effective().stream()
                                .anyMatch(server -> server.resource().names(its.value())));
    }

    /** What the token is for. */
    static Verdict<ResourceBinding> decide(
            KeycloakSession session, ClientSessionContext context, McpServers servers, GrantedResources source) {
        List<String> requested = ResourceRequest.resources(session);
        UserModel user = context.getClientSession().getUserSession().getUser();
        return ResourceBinding.decide(servers, source, requested)
                .then(binding -> binding.accessibleTo(role -> UserRoles.has(session, user, role)))
                .then(binding -> binding.boundToKey(isProven(session)));
    }

    /** Whether Keycloak has found a valid proof, and binds the access token to its key; a policy can spare access tokens. */
    private static boolean isProven(KeycloakSession session) {
        return session.getAttribute(DPoPUtil.DPOP_SESSION_ATTRIBUTE) != null
                && !Boolean.TRUE.equals(
                        session.getAttribute(DPoPUtil.DPOP_BINDING_ONLY_REFRESH_TOKEN_SESSION_ATTRIBUTE));
    }
}
