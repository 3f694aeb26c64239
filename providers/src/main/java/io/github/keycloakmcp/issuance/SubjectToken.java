package io.github.keycloakmcp.issuance;

import java.util.Set;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.Verdict;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;
import org.keycloak.TokenVerifier;
import org.keycloak.common.VerificationException;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.TokenExchangeContext;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.representations.RefreshToken;
import org.keycloak.services.Urls;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.managers.UserSessionManager;
import org.keycloak.services.util.UserSessionUtil;
import org.keycloak.util.TokenUtil;

/**
 * The token with which a client shows that a user is logged in to it: an ID token or refresh token of this realm and this
 * client, whose session is still there. It is not used up.
 *
 * @param user the user
 * @param session the session of the login
 */
record SubjectToken(UserModel user, UserSessionModel session) {

    private static final Set<String> ID_TOKEN = Set.of(TokenUtil.TOKEN_TYPE_ID);

    static Verdict<SubjectToken> of(TokenExchangeContext context) {
        TokenExchangeContext.Params params = context.getParams();
        String text = params.getSubjectToken();
        if (text == null || params.getSubjectTokenType() == null) {
            return refused("subject_token and subject_token_type are required", "missing");
        }
        if (params.getActorToken() != null) {
            return refused("actor_token is not supported for identity assertions", "an actor token");
        }
        try {
            return switch (params.getSubjectTokenType()) {
                case OAuth2Constants.ID_TOKEN_TYPE -> of(context, idToken(context, text));
                case OAuth2Constants.REFRESH_TOKEN_TYPE ->
                    of(
                            context,
                            new TokenManager()
                                    .verifyRefreshToken(
                                            context.getSession(),
                                            context.getRealm(),
                                            context.getClient(),
                                            context.getSession().getContext().getHttpRequest(),
                                            text,
                                            true));
                default -> refused("subject_token_type: an ID token or a refresh token is expected", "type");
            };
        } catch (OAuthErrorException e) {
            return refused("subject_token: the token is not valid", String.valueOf(e.getDescription()));
        } catch (VerificationException e) {
            return refused("subject_token: the token is not valid", String.valueOf(e.getMessage()));
        }
    }

    /** Adds to the event whose token it is. */
    void describe(EventBuilder event) {
        event.user(user).session(session).detail(Details.USERNAME, user.getUsername());
    }

    private static RefreshToken idToken(TokenExchangeContext context, String text) throws VerificationException {
        KeycloakSession session = context.getSession();
        RealmModel realm = context.getRealm();
        String client = context.getClient().getClientId();
        // The one class that has the claims of both kinds of token.
        RefreshToken token = session.tokens().decode(text, RefreshToken.class);
        if (token == null || !ID_TOKEN.contains(String.valueOf(token.getType()))) {
            throw new VerificationException("not an ID token of this realm");
        }
        if (!client.equals(token.getIssuedFor()) || !token.hasAudience(client)) {
            throw new VerificationException("the ID token was issued to another client");
        }
        return TokenVerifier.createWithoutSignature(token)
                .withChecks(
                        new TokenVerifier.RealmUrlCheck(
                                Urls.realmIssuer(session.getContext().getUri().getBaseUri(), realm.getName())),
                        TokenManager.NotBeforeCheck.forModel(realm),
                        TokenManager.NotBeforeCheck.forModel(context.getClient()),
                        TokenVerifier.IS_ACTIVE)
                .verify()
                .getToken();
    }

    private static Verdict<SubjectToken> of(TokenExchangeContext context, RefreshToken token)
            throws OAuthErrorException {
        KeycloakSession session = context.getSession();
        RealmModel realm = context.getRealm();
        UserSessionModel login = login(context, token);
        AuthenticatedClientSessionModel ofClient = login == null
                ? null
                : login.getAuthenticatedClientSessionByClient(
                        context.getClient().getId());
        if (login == null
                || ofClient == null
                || !AuthenticationManager.isSessionValid(realm, login)
                || !AuthenticationManager.isClientSessionValid(realm, context.getClient(), login, ofClient)
                || token.isIssuedBeforeSessionStart(login.getStarted())
                || token.isIssuedBeforeSessionStart(ofClient.getStarted())
                || (login.isOffline() && !UserSessionUtil.isOfflineAccessGranted(session, ofClient))) {
            return refused("subject_token: the user is no longer logged in to this client", "session");
        }
        if (!TokenManager.isUserValid(session, realm, token, login.getUser())) {
            return refused("subject_token: the user is no longer active", "user disabled or tokens revoked");
        }
        boolean isRefreshToken = !ID_TOKEN.contains(token.getType());
        if (isRefreshToken && realm.isRevokeRefreshToken()) {
            new TokenManager().validateTokenReuse(session, realm, token, ofClient, false);
        }
        return Verdict.allowed(new SubjectToken(login.getUser(), login));
    }

    /** The session of the token. A login with offline access has no other session, and ID tokens do not tell. */
    private static @Nullable UserSessionModel login(TokenExchangeContext context, RefreshToken token) {
        KeycloakSession session = context.getSession();
        RealmModel realm = context.getRealm();
        String id = token.getSessionId();
        if (id == null) {
            return null;
        }
        UserSessionModel online = TokenUtil.TOKEN_TYPE_OFFLINE.equals(token.getType())
                ? null
                : session.sessions().getUserSession(realm, id);
        boolean isOfClient = online != null
                && online.getAuthenticatedClientSessionByClient(
                                context.getClient().getId())
                        != null;
        return isOfClient || TokenUtil.TOKEN_TYPE_REFRESH.equals(token.getType())
                ? online
                : new UserSessionManager(session).findOfflineUserSession(realm, id);
    }

    private static Verdict<SubjectToken> refused(String description, String detail) {
        return Verdict.refused(new Refusal(
                RefusalCode.ASSERTION_SUBJECT_REFUSED,
                OAuthErrorException.INVALID_REQUEST,
                description,
                detail,
                "RFC 8693 section 2.2.2"));
    }
}
