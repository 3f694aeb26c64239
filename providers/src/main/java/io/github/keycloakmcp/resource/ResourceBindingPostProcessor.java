package io.github.keycloakmcp.resource;

import java.util.List;
import java.util.Optional;

import io.github.keycloakmcp.platform.RequestEvent;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.resource.CarriedScopes;
import io.github.keycloakmcp.rule.resource.Delegation;
import io.github.keycloakmcp.rule.resource.GrantedResources;
import io.github.keycloakmcp.rule.resource.McpServers;
import io.github.keycloakmcp.rule.resource.ResourceBinding;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;
import org.keycloak.representations.AccessToken;

/**
 * Binds every token: sets {@code aud} to the servers that were granted and requested, leaves the scopes that were granted, and
 * writes the grant into the refresh token. No token leaves the token endpoint unbound or bound to another server.
 *
 * <p>The grant travels in the authorization code and then in the refresh token itself, never in the session: one client
 * session serves all logins of a user with a client, so a note there would move one server's grant into another's token.
 */
final class ResourceBindingPostProcessor implements TokenPostProcessor {

    private final KeycloakSession session;

    ResourceBindingPostProcessor(KeycloakSession session) {
        this.session = session;
    }

    /**
     * Tells whether this extension decides about a token: it opens an MCP server, its refresh token was bound here, or it was
     * requested for an MCP server that it cannot have.
     */
    static boolean decides(KeycloakSession session, TokenPostProcessorContext context) {
        if (context.accessToken() == null) {
            return false;
        }
        GrantedResources source = ResourceRequest.source(session, context);
        boolean opensNone = TokenBinding.servers(session, context.clientSessionCtx(), source)
                        instanceof Verdict.Allowed<McpServers> servers
                && !servers.value().isMcp();
        return !opensNone
                || wasBound(context)
                || RequestedScopes.dropped(session, context, concerned(session, source))
                        .isPresent();
    }

    private static boolean wasBound(TokenPostProcessorContext context) {
        return context.requestRefreshToken() != null && ResourceRequest.isBound(context.requestRefreshToken());
    }

    private static List<String> concerned(KeycloakSession session, GrantedResources source) {
        return ResourceRequest.concerned(source, ResourceRequest.resources(session));
    }

    @Override
    public void process(TokenPostProcessorContext context) {
        if (context.accessToken() == null) {
            return;
        }
        GrantedResources source = ResourceRequest.source(session, context);
        McpServers servers = allowed(context, TokenBinding.servers(session, context.clientSessionCtx(), source));
        if (!servers.isMcp()) {
            refuseDropped(context, source);
            if (!wasBound(context)) {
                nameActors(context);
                return;
            }
        }
        ResourceBinding binding =
                allowed(context, TokenBinding.decide(session, context.clientSessionCtx(), servers, source));
        RequestEvent.note(session, binding.resources());
        CarriedScopes carried = allowed(
                context,
                TokenScopes.carried(
                        session,
                        context.clientSessionCtx(),
                        RequestedScopes.scope(
                                session, context, context.clientSessionCtx().getClientSession()),
                        source,
                        binding));
        bind(context, binding, delegated(context, binding, carried));
        if (context.requestRefreshToken() != null) {
            RefreshTokenReuse.settle(
                    session,
                    context.requestRefreshToken(),
                    context.refreshToken(),
                    context.clientSessionCtx().getClientSession());
        }
    }

    /** A client that acts for a user with the token of another client is named, and gets no more than both may have. */
    private CarriedScopes delegated(TokenPostProcessorContext context, ResourceBinding binding, CarriedScopes carried) {
        if (!ActingClient.isPossible(context)) {
            return carried;
        }
        ActingClient client = new ActingClient(session, context);
        Optional<Delegation> delegation = allowed(context, client.delegation());
        if (delegation.isEmpty()) {
            return carried;
        }
        CarriedScopes limited = allowed(context, client.limit(delegation.get(), binding, carried));
        client.stamp(delegation.get());
        return limited;
    }

    /** A token that opens no MCP server may be exchanged for one that does, and is what a server calls others with. */
    private void nameActors(TokenPostProcessorContext context) {
        if (ActingClient.isPossible(context)
                && RequestedScopes.isMcp(session.getContext().getRealm())) {
            ActingClient client = new ActingClient(session, context);
            allowed(context, client.delegation()).ifPresent(client::stamp);
        }
    }

    /** A token that opens no MCP server is issued only where the request was for none. */
    private void refuseDropped(TokenPostProcessorContext context, GrantedResources source) {
        RequestedScopes.dropped(session, context, concerned(session, source)).ifPresent(refusal -> {
            throw TokenRefusal.of(session, context.clientSessionCtx(), refusal);
        });
    }

    private <T> T allowed(TokenPostProcessorContext context, Verdict<T> verdict) {
        return verdict.orThrow(refusal -> TokenRefusal.of(session, context.clientSessionCtx(), refusal));
    }

    private void bind(TokenPostProcessorContext context, ResourceBinding binding, CarriedScopes carried) {
        AccessToken token = context.accessToken();
        token.audience(TokenBinding.audience(session, binding));
        if (token.getScope() != null) {
            token.setScope(
                    carried.in(token.getScope(), context.clientSessionCtx().getScopeString()));
        }
        TokenScopes.remember(context.clientSessionCtx(), carried);
        if (context.refreshToken() != null) {
            context.refreshToken().getOtherClaims().put(RefreshedGrant.CLAIM, binding.carried());
        }
        IssuedToken.remember(context);
    }
}
