package io.github.keycloakmcp.resource;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.platform.RequestEvent;
import io.github.keycloakmcp.platform.ServerCatalogue;
import io.github.keycloakmcp.platform.ServerScopes;
import io.github.keycloakmcp.platform.UpstreamFeature;
import io.github.keycloakmcp.platform.UserRoles;
import io.github.keycloakmcp.rule.ScopeList;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.resource.ActorChain.Actor;
import io.github.keycloakmcp.rule.resource.CarriedScopes;
import io.github.keycloakmcp.rule.resource.Delegation;
import io.github.keycloakmcp.rule.resource.McpScope;
import io.github.keycloakmcp.rule.resource.McpServers;
import io.github.keycloakmcp.rule.resource.ResourceBinding;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.representations.RefreshToken;

/**
 * The client that exchanges a user's token which another client has obtained: looks up what the rule needs, and names the client
 * in the claim {@code act} and in the event. Keycloak's standard token exchange has verified the token, and makes the new one.
 */
final class ActingClient {

    /** Claim of a refresh token: the actors and the scopes of the exchanged token, which the refreshed tokens keep. */
    static final String CLAIM = "mcp_delegation";

    private static final String ACT = "act";
    private static final String MAY_ACT = "may_act";
    private static final String UNLIMITED = "unlimited";

    private final KeycloakSession session;
    private final TokenPostProcessorContext context;
    private final ClientModel client;
    private final @Nullable UserModel account;

    ActingClient(KeycloakSession session, TokenPostProcessorContext context) {
        this.session = session;
        this.context = context;
        this.client = context.clientSessionCtx().getClientSession().getClient();
        this.account = session.users().getServiceAccount(client);
    }

    /** Tells whether a token can be one of a client that acts for a user; cheap, because it is asked about every token. */
    static boolean isPossible(TokenPostProcessorContext context) {
        RefreshToken refreshed = context.requestRefreshToken();
        return refreshed == null
                ? OAuth2Constants.TOKEN_EXCHANGE_GRANT_TYPE.equals(
                        ResourceRequest.grantType(context.clientSessionCtx()))
                : refreshed.getOtherClaims().containsKey(CLAIM);
    }

    /** Decides who acts; empty where only the client acts that the user has logged in to. */
    Verdict<Optional<Delegation>> delegation() {
        Actor actor = new Actor(account == null ? client.getClientId() : account.getId(), client.getClientId());
        return subject()
                .map(subject -> Delegation.decide(subject, actor, allowance()))
                .orElseGet(() -> Verdict.allowed(Optional.empty()));
    }

    /** Holds what was decided about the token to the limits of the client. */
    Verdict<CarriedScopes> limit(Delegation delegation, ResourceBinding binding, CarriedScopes carried) {
        Set<String> requested = context.requestRefreshToken() == null
                ? ScopeList.names(
                        PresentedToken.parameter(session, OAuth2Constants.SCOPE).orElse(null))
                : Set.of();
        return delegation
                .admit(binding, role -> account != null && UserRoles.has(session, account, role))
                .then(admitted -> delegation.narrow(carried, scopes(binding), requested));
    }

    /**
     * Names the actors in the token and in the event. Where Keycloak's own delegation is on, it writes {@code act} itself; a
     * subject token says the same there as here.
     */
    void stamp(Delegation delegation) {
        RequestEvent.noteActors(session, delegation.chain().actors());
        if (!UpstreamFeature.TOKEN_EXCHANGE_DELEGATION.isOn()) {
            context.accessToken().getOtherClaims().put(ACT, delegation.chain().claim());
        }
        if (context.refreshToken() != null) {
            Map<String, Object> kept = new HashMap<>();
            kept.put(ACT, delegation.chain().claim());
            kept.put(OAuth2Constants.SCOPE, String.join(" ", delegation.scopes()));
            context.refreshToken().getOtherClaims().put(CLAIM, kept);
        }
    }

    /** Keeps the actors of a token, where Keycloak makes its claims anew. */
    static void copy(JsonWebToken from, JsonWebToken to) {
        Object act = from.getOtherClaims().get(ACT);
        if (act != null) {
            to.getOtherClaims().put(ACT, act);
        }
    }

    private Optional<Delegation.Subject> subject() {
        RefreshToken refreshed = context.requestRefreshToken();
        if (refreshed != null) {
            return refreshed.getOtherClaims().get(CLAIM) instanceof Map<?, ?> kept
                    ? Optional.of(new Delegation.Subject(
                            client.getClientId(), kept.get(ACT), null, scopes(kept.get(OAuth2Constants.SCOPE))))
                    : Optional.empty();
        }
        return PresentedToken.toExchange(session)
                .filter(token -> context.accessToken().getIssuer().equals(token.get("iss")))
                .map(token -> new Delegation.Subject(
                        String.valueOf(token.get("azp")),
                        token.get(ACT),
                        token.get(MAY_ACT),
                        scopes(token.get(OAuth2Constants.SCOPE))));
    }

    private Delegation.Allowance allowance() {
        return new Delegation.Allowance(
                ScopeList.names(client.getAttribute(ClientAttributes.DELEGATION_SCOPES)),
                UNLIMITED.equals(client.getAttribute(ClientAttributes.DELEGATION)));
    }

    /** The scopes that stand in the token, as the service account of the client may have them. */
    private List<McpScope> scopes(ResourceBinding binding) {
        AccessToken token = context.accessToken();
        Set<String> inToken = ScopeList.names(token.getScope());
        return context.clientSessionCtx()
                .getClientScopesStream()
                .filter(scope -> !(scope instanceof ClientModel) && inToken.contains(scope.getName()))
                .map(scope -> new McpScope(
                        scope.getName(),
                        ServerScopes.isOwn(scope),
                        opens(scope, binding),
                        scope.getScopeMappingsStream().findAny().isEmpty()
                                || (account != null && UserRoles.permit(scope, account)),
                        UserRoles.of(scope)))
                .toList();
    }

    private boolean opens(ClientScopeModel scope, ResourceBinding binding) {
        return ServerCatalogue.of(session, scope.getProtocolMappersStream(), binding.resources())
                        instanceof Verdict.Allowed<McpServers> opened
                && opened.value().isMcp()
                && binding.resources().stream().allMatch(opened.value()::opens);
    }

    private static Set<String> scopes(@Nullable Object scope) {
        return scope instanceof String text ? ScopeList.names(text) : Set.of();
    }
}
