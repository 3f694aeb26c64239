package io.github.keycloakmcp.resource;

import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.resourceindicators.ResourceIndicatorsPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;
import org.keycloak.representations.AccessToken;

/**
 * Keycloak's own resource indicators, for every token that this extension does not decide about. For a token of an MCP server
 * they would refuse what is right ({@code invalid_target} for a server that is not a client in the audience), and would lose
 * the binding of an offline token at its refresh.
 */
final class UpstreamIndicators implements TokenPostProcessor {

    private static final String[] NO_AUDIENCE = {};

    private final KeycloakSession session;

    UpstreamIndicators(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void process(TokenPostProcessorContext context) {
        if (!ResourceBindingPostProcessor.decides(session, context)) {
            processAsKeycloak(context);
        }
    }

    /** A token without an audience is one with an empty audience; Keycloak's class fails with 500 otherwise. */
    private void processAsKeycloak(TokenPostProcessorContext context) {
        AccessToken token = context.accessToken();
        boolean without = token != null && token.getAudience() == null;
        if (without) {
            token.audience(NO_AUDIENCE);
        }
        new ResourceIndicatorsPostProcessor(session).process(context);
        if (without && token.getAudience() == NO_AUDIENCE) {
            token.audience((String[]) null);
        }
    }
}
