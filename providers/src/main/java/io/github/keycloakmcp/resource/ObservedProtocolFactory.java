package io.github.keycloakmcp.resource;

import java.util.Optional;

import io.github.keycloakmcp.admission.NewClientScopes;
import io.github.keycloakmcp.platform.McpProviderFactory;
import io.github.keycloakmcp.platform.RequestEvent;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.protocol.oidc.OIDCLoginProtocolFactory;
import org.keycloak.protocol.oidc.OIDCProviderConfig;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Keycloak's own OpenID Connect, changed in four things. It shows this extension the event that a request is recorded under,
 * so that an administrator sees for which MCP server a token was issued; Keycloak does not show it to any provider that takes
 * part in making a token. It ignores surplus blanks in {@code scope}, see {@link ScopeBlanks}. It asks before a code is issued whether the
 * user may use the MCP server, see {@link BoundLoginProtocol}. And a new client gets the scopes that admission decided at once,
 * see {@link NewClientScopes}.
 *
 * <p>Where another extension takes this place, tokens are bound all the same: the required action decides before the code,
 * the post-processor before the token. New clients have the same scopes, with a few statements more.
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

    /** Gives a client that admission has judged its own scopes at once, in place of the realm's, which would be changed. */
    @Override
    protected void addDefaultClientScopes(RealmModel realm, ClientModel newClient) {
        KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
        Optional<NewClientScopes> decided = session == null ? Optional.empty() : NewClientScopes.take(session, realm);
        if (session != null && decided.isPresent()) {
            decided.get().giveTo(session, realm, newClient);
        } else {
            super.addDefaultClientScopes(realm, newClient);
        }
    }

    /** Of two providers with one id the higher order wins. */
    @Override
    public int order() {
        return super.order() + 1;
    }
}
