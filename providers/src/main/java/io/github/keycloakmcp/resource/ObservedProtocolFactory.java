package io.github.keycloakmcp.resource;

import io.github.keycloakmcp.platform.McpProviderFactory;
import io.github.keycloakmcp.platform.RequestEvent;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.protocol.oidc.OIDCLoginProtocolFactory;

/**
 * Keycloak's own OpenID Connect, changed in nothing but that it shows us the event that a request is recorded under.
 * Keycloak hands that event to nobody who takes part in making a token, so that without this an administrator sees who got
 * a token, and not for which MCP server.
 *
 * <p>Nothing but events depends on it. Where another extension takes this place, tokens are bound all the same.
 */
public final class ObservedProtocolFactory extends OIDCLoginProtocolFactory
        implements McpProviderFactory<LoginProtocol> {

    @Override
    public Object createProtocolEndpoint(KeycloakSession session, EventBuilder event) {
        RequestEvent.remember(session, event);
        return super.createProtocolEndpoint(session, event);
    }

    /** Of two providers with one id the higher order wins. */
    @Override
    public int order() {
        return super.order() + 1;
    }
}
