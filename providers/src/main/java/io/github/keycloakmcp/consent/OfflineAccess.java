package io.github.keycloakmcp.consent;

import java.util.Set;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.LoginServer;
import io.github.keycloakmcp.platform.UserRoles;
import io.github.keycloakmcp.rule.ScopeList;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.util.TokenUtil;

/**
 * Removes {@code offline_access} from a login whose user may not have it. Many clients request it because the metadata
 * lists it; Keycloak lets the user log in and consent, and then refuses the code with {@code not_allowed}. The client gets
 * tokens without it instead, and the {@code scope} of the response says so (RFC 6749 section 3.3).
 */
final class OfflineAccess {

    private OfflineAccess() {}

    static void removeWithoutRole(KeycloakSession session, AuthenticationSessionModel login) {
        String scope = login.getClientNote(OAuth2Constants.SCOPE);
        if (!TokenUtil.hasScope(scope, OAuth2Constants.OFFLINE_ACCESS) || isAllowed(session, login)) {
            return;
        }
        String rest = ScopeList.without(scope, Set.of(OAuth2Constants.OFFLINE_ACCESS));
        if (rest.isEmpty()) {
            login.removeClientNote(OAuth2Constants.SCOPE);
        } else {
            login.setClientNote(OAuth2Constants.SCOPE, rest);
        }
        AuthenticationManager.setClientScopesInSession(session, login);
    }

    /** As Keycloak decides it when it issues the token. */
    private static boolean isAllowed(KeycloakSession session, AuthenticationSessionModel login) {
        UserModel user = login.getAuthenticatedUser();
        Stream<ClientScopeModel> scopes = LoginServer.scopes(session, login).filter(one -> UserRoles.permit(one, user));
        return TokenManager.getAccess(user, login.getClient(), scopes).stream()
                .anyMatch(role -> !role.isClientRole() && role.getName().equals(OAuth2Constants.OFFLINE_ACCESS));
    }
}
