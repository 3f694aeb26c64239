package io.github.keycloakmcp.resource;

import io.github.keycloakmcp.platform.McpProviderFactory;
import io.github.keycloakmcp.platform.RequestEvent;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.protocol.oidc.OIDCLoginProtocolFactory;
import org.keycloak.protocol.oidc.OIDCProviderConfig;

/**
 * Keycloak's own OpenID Connect, changed in three things. It shows this extension the event that a request is recorded under,
 * so that an administrator sees for which MCP server a token was issued; Keycloak shows it to nobody who takes part in making
 * a token. It ignores surplus blanks in {@code scope}, see {@link ScopeBlanks}. And it asks before a code is issued whether the user may use the MCP server, see {@link BoundLoginProtocol}.
 *
 * <p>Where another extension takes this place, tokens are bound all the same: the required action decides before the code,
 * the post-processor before the token.
 */
public final class ObservedProtocolFactory extends OIDCLoginProtocolFactory
        implements McpProviderFactory<LoginProtocol> {

    private @Nullable OIDCProviderConfig config;

    @Override
    public void init(Config.Scope scope) {
        super.init(scope);
        config = new OIDCProviderConfig(scope);
    }

    @Override
    public LoginProtocol create(KeycloakSession session) {
        return config == null ? super.create(session) : new BoundLoginProtocol(config).setSession(session);
    }

    @Override
    public Object createProtocolEndpoint(KeycloakSession session, EventBuilder event) {
        RequestEvent.remember(session, event);
        ScopeBlanks.forgive(session);
        return super.createProtocolEndpoint(session, event);
    }

    /** Of two providers with one id the higher order wins. */
    @Override
    public int order() {
        return super.order() + 1;
    }
}
