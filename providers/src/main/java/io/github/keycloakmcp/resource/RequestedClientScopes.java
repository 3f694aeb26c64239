package io.github.keycloakmcp.resource;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.github.keycloakmcp.rule.ScopeList;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.TokenManager;

/**
 * The client scopes that a token request is for, whether or not its user has the roles for them. Keycloak looks for
 * organizations behind each name, which is the most expensive part of what this extension asks for a token, so it is asked only
 * where the answer can matter, and once for each request.
 */
final class RequestedClientScopes {

    private static final String KNOWN = RequestedClientScopes.class.getName();

    private RequestedClientScopes() {}

    private record Question(@Nullable String scope, String client, String user) {}

    private record Answer(Question question, List<ClientScopeModel> scopes) {}

    /**
     * Returns the client scopes of a request.
     *
     * @param scope the names that the grant and the request are for
     * @param wanted what makes a client scope one that the caller is interested in
     * @return nothing, if none of the client scopes is such a one
     */
    static List<ClientScopeModel> ifAny(
            KeycloakSession session,
            @Nullable String scope,
            ClientModel client,
            UserModel user,
            Predicate<ClientScopeModel> wanted) {
        return !client.equals(session.getContext().getClient()) || isPossible(scope, client, wanted)
                ? all(session, scope, client, user)
                : List.of();
    }

    /**
     * Tells whether one of the client scopes may be wanted. A name that the client does not have may stand for one that is found in
     * another way: with a parameter, or of an organization. Optional ones are read only where a name needs them, as Keycloak does.
     */
    private static boolean isPossible(@Nullable String scope, ClientModel client, Predicate<ClientScopeModel> wanted) {
        Map<String, ClientScopeModel> defaults = client.getClientScopes(true);
        if (wanted.test(client) || defaults.values().stream().anyMatch(wanted)) {
            return true;
        }
        for (String name : ScopeList.names(scope)) {
            if (!OAuth2Constants.SCOPE_OPENID.equals(name) && !defaults.containsKey(name)) {
                ClientScopeModel optional = client.getClientScopes(false).get(name);
                if (optional == null || wanted.test(optional)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What is asked belongs to the answer: a request that exchanges a token can be about more than one client. */
    private static List<ClientScopeModel> all(
            KeycloakSession session, @Nullable String scope, ClientModel client, UserModel user) {
        Question question = new Question(scope, client.getId(), user.getId());
        if (session.getAttribute(KNOWN) instanceof Answer known
                && known.question().equals(question)) {
            return known.scopes();
        }
        List<ClientScopeModel> scopes = TokenManager.getRequestedClientScopes(session, scope, client, user)
                .toList();
        session.setAttribute(KNOWN, new Answer(question, scopes));
        return scopes;
    }
}
