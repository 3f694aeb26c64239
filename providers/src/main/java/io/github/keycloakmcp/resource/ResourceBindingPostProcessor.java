package io.github.keycloakmcp.resource;

import io.github.keycloakmcp.platform.RequestEvent;
import io.github.keycloakmcp.platform.ServerCatalogue;
import io.github.keycloakmcp.rule.resource.McpServers;
import io.github.keycloakmcp.rule.resource.ResourceBinding;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;

/**
 * The lock on every token: stamps {@code aud} with the servers that were granted and asked for, and writes the grant
 * into the refresh token. Nothing leaves the token endpoint unbound or bound to another server.
 *
 * <p>The grant travels in the authorization code and then in the refresh token itself, never in the session: one client
 * session serves all logins of a user with a client, so a note there would move one server's grant into another's token.
 */
final class ResourceBindingPostProcessor implements TokenPostProcessor {

    private final KeycloakSession session;

    ResourceBindingPostProcessor(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void process(TokenPostProcessorContext context) {
        if (context.accessToken() == null) {
            return;
        }
        McpServers servers = ServerCatalogue.of(session)
                .openedBy(session, context.clientSessionCtx().getProtocolMappersStream());
        boolean wasBound =
                context.requestRefreshToken() != null && ResourceRequest.isBound(context.requestRefreshToken());
        if (!servers.isMcp() && !wasBound) {
            return;
        }
        ResourceBinding binding = TokenBinding.decide(
                        session, context.clientSessionCtx(), servers, ResourceRequest.source(session, context))
                .orThrow(refusal -> TokenRefusal.of(session, context.clientSessionCtx(), refusal));
        bind(context, binding);
        RequestEvent.note(session, binding.resources());
        if (context.requestRefreshToken() != null) {
            RefreshTokenReuse.settle(
                    session,
                    context.requestRefreshToken(),
                    context.refreshToken(),
                    context.clientSessionCtx().getClientSession());
        }
    }

    private static void bind(TokenPostProcessorContext context, ResourceBinding binding) {
        context.accessToken().audience(binding.audience().toArray(String[]::new));
        if (context.refreshToken() != null) {
            context.refreshToken().getOtherClaims().put(ResourceRequest.CLAIM, binding.carried());
        }
    }
}
