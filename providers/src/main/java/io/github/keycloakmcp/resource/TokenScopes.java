package io.github.keycloakmcp.resource;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import io.github.keycloakmcp.platform.JudgedAssertion;
import io.github.keycloakmcp.platform.LoginDemands;
import io.github.keycloakmcp.platform.ServerScopes;
import io.github.keycloakmcp.rule.ScopeList;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.resource.CarriedScopes;
import io.github.keycloakmcp.rule.resource.GrantedResources;
import io.github.keycloakmcp.rule.resource.McpServer;
import io.github.keycloakmcp.rule.resource.ResourceBinding;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.TokenManager;

/** Looks up what the rule needs to decide which scopes a token carries. */
final class TokenScopes {

    /** Attribute of a token request: what was decided about its token, for the response, which tells the scopes as well. */
    private static final String DECIDED = TokenScopes.class.getName();

    private TokenScopes() {}

    /** Decides about an authorization request, before it is known who logs in. */
    static Verdict<CarriedScopes> requested(
            KeycloakSession session, ClientModel client, @Nullable String scope, Set<McpServer> servers) {
        return ServerScopes.decide(
                session,
                TokenManager.getRequestedClientScopes(session, scope, client, null)
                        .toList(),
                any -> true,
                servers,
                ScopeList.names(scope));
    }

    /**
     * Decides about a token. What Keycloak has dropped by now, the user has no role for.
     *
     * @param scope the scopes that the grant and the request are for
     */
    static Verdict<CarriedScopes> carried(
            KeycloakSession session,
            ClientSessionContext context,
            @Nullable String scope,
            GrantedResources source,
            ResourceBinding binding) {
        ClientModel client = context.getClientSession().getClient();
        UserModel user = context.getClientSession().getUserSession().getUser();
        List<ClientScopeModel> all = RequestedClientScopes.ifAny(session, scope, client, user, ServerScopes::isOwn);
        if (all.isEmpty()) {
            return Verdict.allowed(CarriedScopes.ALL);
        }
        Predicate<ClientScopeModel> kept = JudgedAssertion.of(session)
                .<Predicate<ClientScopeModel>>map(judged -> judged::keeps)
                .orElse(any -> true);
        List<ClientScopeModel> requested = all.stream().filter(kept).toList();
        List<ClientScopeModel> effective = context.getClientScopesStream().toList();
        Set<String> named = isFirst(source) ? ScopeList.names(scope) : Set.of();
        Verdict<CarriedScopes> carried =
                ServerScopes.decide(session, requested, effective::contains, binding.effective(), named);
        return isFirst(source) && user.getServiceAccountClientLink() == null
                ? carried.then(scopes -> scopes.withoutLogin(LoginDemands.of(client, requested.stream()), named))
                : carried;
    }

    /** Remembers what was decided until the response is written. */
    static void remember(ClientSessionContext context, CarriedScopes carried) {
        context.setAttribute(DECIDED, carried);
    }

    /** Returns what was decided about the token of this request. */
    static CarriedScopes remembered(ClientSessionContext context) {
        CarriedScopes carried = context.getAttribute(DECIDED, CarriedScopes.class);
        return carried == null ? CarriedScopes.ALL : carried;
    }

    /** Tells whether the request itself names the scopes; in other grants an earlier request has. */
    private static boolean isFirst(GrantedResources source) {
        return source instanceof GrantedResources.Immediate || source instanceof GrantedResources.Asserted;
    }
}
