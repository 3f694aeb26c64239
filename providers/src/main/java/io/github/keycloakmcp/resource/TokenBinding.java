package io.github.keycloakmcp.resource;

import java.util.List;

import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.resource.GrantedResources;
import io.github.keycloakmcp.rule.resource.McpServers;
import io.github.keycloakmcp.rule.resource.ResourceBinding;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Asks the rule what a token is for, and whether whoever it stands for may use that server. */
final class TokenBinding {

    private TokenBinding() {}

    static Verdict<ResourceBinding> decide(
            KeycloakSession session, ClientSessionContext context, McpServers servers, GrantedResources source) {
        List<String> requested = ResourceRequest.resources(session);
        return ResourceBinding.decide(servers, source, requested)
                .then(binding -> binding.accessibleTo(role -> hasRole(session, context, role)));
    }

    private static boolean hasRole(KeycloakSession session, ClientSessionContext context, String name) {
        RealmModel realm = session.getContext().getRealm();
        UserModel user = context.getClientSession().getUserSession().getUser();
        RoleModel role = KeycloakModelUtils.getRoleFromString(session, realm, name);
        return role != null && user.hasRole(role);
    }
}
