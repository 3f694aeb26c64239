package io.github.keycloakmcp.platform;

import java.util.Comparator;
import java.util.List;
import java.util.Set;

import io.github.keycloakmcp.rule.ScopeList;
import io.github.keycloakmcp.rule.consent.ScopeChoice;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.MultivaluedMap;
import org.keycloak.OAuth2Constants;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The own scopes of an MCP server that the consent page lets a user leave out, and what the user did leave out. What is shown
 * and what is decided come from here, so that they are the same.
 */
public final class ChosenScopes {

    /** Field of the consent page: it offers a choice. */
    public static final String ASKED = "mcp-choice";

    /** Field of the consent page: a scope that is selected. */
    public static final String SELECTED = "mcp-scope";

    /** Note of a login: the scopes that the page leaves aside. */
    private static final String KEPT = "mcp.kept";

    private ChosenScopes() {}

    /** The page offers every scope. */
    public static void offerAll(AuthenticationSessionModel login) {
        login.removeAuthNote(KEPT);
    }

    /** The page leaves aside the scopes that the user has approved before. */
    public static void offerWithout(AuthenticationSessionModel login, Set<String> granted) {
        login.setAuthNote(KEPT, String.join(" ", granted));
    }

    /** The approved scopes that the page leaves aside. */
    public static Set<String> kept(AuthenticationSessionModel login) {
        return ScopeList.names(login.getAuthNote(KEPT));
    }

    /**
     * The scopes that are offered: those that the request names, because a default scope of the client cannot be left
     * out, and that the user has not approved before.
     */
    public static List<ClientScopeModel> offered(KeycloakSession session, AuthenticationSessionModel login) {
        Set<String> kept = kept(login);
        return selectable(session, login).stream()
                .filter(scope -> !kept.contains(scope.getName()))
                .toList();
    }

    private static List<ClientScopeModel> selectable(KeycloakSession session, AuthenticationSessionModel login) {
        String scope = login.getClientNote(OAuth2Constants.SCOPE);
        Set<String> named = ScopeList.names(scope);
        if (named.isEmpty()) {
            return List.of();
        }
        return LoginServer.scopes(session, login)
                .filter(one -> !(one instanceof ClientModel) && named.contains(one.getName()))
                .filter(ServerScopes::isOwn)
                .filter(one -> UserRoles.permit(one, login.getAuthenticatedUser()))
                .sorted(Comparator.comparing(ClientScopeModel::getName))
                .toList();
    }

    /** What the answer to the consent page leaves out; nothing in a request that is not such an answer. */
    public static ScopeChoice choice(KeycloakSession session, AuthenticationSessionModel login) {
        HttpRequest request = session.getContext().getHttpRequest();
        if (!HttpMethod.POST.equals(request.getHttpMethod())) {
            return ScopeChoice.ALL;
        }
        MultivaluedMap<String, String> form = request.getDecodedFormParameters();
        if (!form.containsKey(ASKED)) {
            return ScopeChoice.ALL;
        }
        Set<String> kept = kept(login);
        List<String> all = selectable(session, login).stream()
                .map(ClientScopeModel::getName)
                .toList();
        List<String> offered =
                all.stream().filter(scope -> !kept.contains(scope)).toList();
        return ScopeChoice.of(offered, offered.size() < all.size(), form.getOrDefault(SELECTED, List.of()));
    }
}
