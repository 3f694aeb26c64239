package io.github.keycloakmcp.resource;

import java.util.List;

import io.github.keycloakmcp.platform.ServerCatalogue;
import io.github.keycloakmcp.platform.UserRoles;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.resource.GrantedResources;
import io.github.keycloakmcp.rule.resource.McpServers;
import io.github.keycloakmcp.rule.resource.ResourceBinding;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

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

    /** What the token is for. */
    static Verdict<ResourceBinding> decide(
            KeycloakSession session, ClientSessionContext context, McpServers servers, GrantedResources source) {
        List<String> requested = ResourceRequest.resources(session);
        UserModel user = context.getClientSession().getUserSession().getUser();
        return ResourceBinding.decide(servers, source, requested)
                .then(binding -> binding.accessibleTo(role -> UserRoles.has(session, user, role)));
    }
}
