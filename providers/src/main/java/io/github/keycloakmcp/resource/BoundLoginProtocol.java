package io.github.keycloakmcp.resource;

import java.util.Optional;

import io.github.keycloakmcp.platform.ChosenScopes;
import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.platform.DeviceCodes;
import io.github.keycloakmcp.platform.LoginServer;
import io.github.keycloakmcp.platform.McpMetrics;
import io.github.keycloakmcp.platform.Refusals;
import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.consent.ScopeChoice;
import io.github.keycloakmcp.rule.resource.ServerAccess;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.OIDCProviderConfig;
import org.keycloak.protocol.oidc.grants.device.DeviceGrantType;
import org.keycloak.protocol.oidc.utils.OIDCRedirectUriBuilder;
import org.keycloak.protocol.oidc.utils.RedirectUtils;
import org.keycloak.services.ErrorPage;
import org.keycloak.services.messages.Messages;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Keycloak's own OpenID Connect with three questions more before a code is issued, and with the scopes that the user selected.
 * Whether the login is as strong as the scopes demand. Whether the user may use the MCP server: in a realm with the required action {@code mcp-consent} the user has seen a page by
 * then; this is for realms without it. And whether the client still has the redirect URI. A login with {@code prompt=none} does
 * not come by here.
 */
final class BoundLoginProtocol extends OIDCLoginProtocol {

    private static final Refusal WITHDRAWN = new Refusal(
            RefusalCode.REDIRECT_WITHDRAWN,
            "invalid_request",
            "the client no longer has this redirect URI, log in again",
            "redirect URI removed from the client during the login",
            "RFC 6749 section 3.1.2.4");

    /** What the client is told beside {@code access_denied}. */
    private @Nullable String description;

    BoundLoginProtocol(OIDCProviderConfig config) {
        super(config);
    }

    /** Issues the code, or sends the client back with an OAuth error. */
    @Override
    public Response authenticated(
            AuthenticationSessionModel login, UserSessionModel userSession, ClientSessionContext context) {
        if (LoginServer.decide(session, login) instanceof ServerAccess.Denied denied) {
            record(login, userSession, denied.refusal());
            return refuse(login, denied.refusal().description());
        }
        Optional<Refusal> missed = StrongerLogin.missed(session, login);
        if (missed.isPresent()) {
            record(login, userSession, missed.get());
            return refuse(login, missed.get().description());
        }
        if (isWithdrawn(login)) {
            record(login, userSession, WITHDRAWN);
            return ErrorPage.error(
                    session,
                    login,
                    Response.Status.BAD_REQUEST,
                    Messages.INVALID_PARAMETER,
                    OIDCLoginProtocol.REDIRECT_URI_PARAM);
        }
        ScopeChoice choice = ChosenScopes.choice(session, login);
        if (choice.nothing()) {
            event.clone().user(userSession.getUser()).error(Errors.REJECTED_BY_USER);
            return refuse(login, null);
        }
        String scope = login.getClientNote(OAuth2Constants.SCOPE);
        if (scope != null && !choice.leftOut().isEmpty()) {
            // From here the code, or the device code, has its scopes, and from it the tokens and every refresh.
            login.setClientNote(OAuth2Constants.SCOPE, choice.in(scope));
        }
        DeviceCodes.keepScope(session, login);
        return super.authenticated(login, userSession, context);
    }

    /**
     * Sends the client back with {@code access_denied}. Keycloak has ended the login by now; to end it once more is an error where
     * logins are kept in the database (feature {@code stateless}), so the client is told without the login.
     */
    private Response refuse(AuthenticationSessionModel login, @Nullable String text) {
        if (DeviceGrantType.isOAuth2DeviceVerificationFlow(login)) {
            return sendError(login, Error.CONSENT_DENIED, text);
        }
        description = text;
        return sendError(login.getClient(), getClientData(login), Error.CONSENT_DENIED);
    }

    @Override
    public Response buildRedirectUri(
            OIDCRedirectUriBuilder redirect,
            @Nullable AuthenticationSessionModel login,
            @Nullable UserSessionModel userSession,
            @Nullable ClientSessionContext context,
            @Nullable Exception cause,
            @Nullable Error error) {
        if (description != null) {
            redirect.addParam(OAuth2Constants.ERROR_DESCRIPTION, description);
        }
        return super.buildRedirectUri(redirect, login, userSession, context, cause, error);
    }

    /** Also where a scope of the request demands a login that is not as old. */
    @Override
    public boolean requireReauthentication(@Nullable UserSessionModel userSession, AuthenticationSessionModel login) {
        return super.requireReauthentication(userSession, login)
                || (userSession != null && StrongerLogin.isTooOld(session, login, userSession));
    }

    /**
     * Tells whether a self-registered client has lost the redirect URI since the login began: its document, its owner or an
     * administrator has removed it, perhaps because codes must not go there any more. Keycloak asks when the login begins.
     */
    private boolean isWithdrawn(AuthenticationSessionModel login) {
        ClientModel client = login.getClient();
        return login.getRedirectUri() != null
                && login.getClientNote(DeviceGrantType.OAUTH2_DEVICE_VERIFIED_USER_CODE) == null
                && client.getAttribute(ClientAttributes.REGISTERED) != null
                && RedirectUtils.verifyRedirectUri(session, login.getRedirectUri(), client) == null;
    }

    /** Works on a copy, because Keycloak goes on with its own: the user has logged in, and only the code is not issued. */
    private void record(AuthenticationSessionModel login, UserSessionModel userSession, Refusal refusal) {
        EventBuilder refused = LoginServer.note(event.clone().user(userSession.getUser()), session, login);
        Refusals.describe(refused, refusal).error(refusal.error());
        McpMetrics.refused(realm, EventType.LOGIN_ERROR, refusal);
    }
}
