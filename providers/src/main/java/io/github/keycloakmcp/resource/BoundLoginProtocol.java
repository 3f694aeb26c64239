package io.github.keycloakmcp.resource;

import io.github.keycloakmcp.platform.EventDetails;
import io.github.keycloakmcp.platform.LoginServer;
import io.github.keycloakmcp.platform.McpMetrics;
import io.github.keycloakmcp.rule.resource.ServerAccess;
import jakarta.ws.rs.core.Response;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.OIDCProviderConfig;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Keycloak's own OpenID Connect with one question more before a code is issued: whether the user may use the MCP server. In a
 * realm with the required action {@code mcp-consent} the user has seen a page by then; this is for realms without it. A
 * login with {@code prompt=none} does not come by here.
 */
final class BoundLoginProtocol extends OIDCLoginProtocol {

    BoundLoginProtocol(OIDCProviderConfig config) {
        super(config);
    }

    /** Issues the code, or sends the client back with an OAuth error. */
    @Override
    public Response authenticated(
            AuthenticationSessionModel login, UserSessionModel userSession, ClientSessionContext context) {
        if (LoginServer.decide(session, login) instanceof ServerAccess.Denied denied) {
            // A copy, because Keycloak goes on with its own: the user has logged in, and only the code is not issued.
            EventBuilder refused = event.clone();
            refused.user(userSession.getUser())
                    .detail(
                            Details.REASON,
                            denied.refusal().description() + " ("
                                    + denied.refusal().detail() + ")")
                    .detail(EventDetails.REFUSAL, denied.refusal().code().word())
                    .error(denied.refusal().error());
            McpMetrics.refused(realm, EventType.LOGIN_ERROR, denied.refusal());
            return sendError(login, Error.CONSENT_DENIED, denied.refusal().description());
        }
        return super.authenticated(login, userSession, context);
    }
}
