package io.github.keycloakmcp.issuance;

import java.util.List;
import java.util.Set;

import io.github.keycloakmcp.platform.Refusals;
import io.github.keycloakmcp.platform.RequestEvent;
import io.github.keycloakmcp.platform.UserRoles;
import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.ScopeList;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.assertion.IssuancePolicy;
import io.github.keycloakmcp.rule.assertion.IssuedAccess;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.protocol.oidc.TokenExchangeContext;
import org.keycloak.protocol.oidc.TokenExchangeProvider;
import org.keycloak.representations.AccessTokenResponse;

/**
 * Exchanges a user's ID token or refresh token for an identity assertion (ID-JAG), as far as the policy of the company allows.
 * The assertion opens nothing here: another authorization server turns it into an access token.
 *
 * @see <a href="https://www.ietf.org/archive/id/draft-ietf-oauth-identity-assertion-authz-grant-04.html#section-4.3">Identity
 *     Assertion JWT Authorization Grant, section 4.3</a>
 */
final class AssertionIssuer implements TokenExchangeProvider {

    /** The requested token type of an identity assertion. */
    static final String TOKEN_TYPE = "urn:ietf:params:oauth:token-type:id-jag";

    private static final String NOT_AN_ACCESS_TOKEN = "N_A";

    private static final Refusal PUBLIC_CLIENT = new Refusal(
                    RefusalCode.ASSERTION_CLIENT_REFUSED,
                    "invalid_client",
                    "the client has to authenticate to get an identity assertion",
                    "the client is public, so a stolen ID token could be exchanged by anybody",
                    "Enterprise-Managed Authorization section 7.7")
            .withStatus(Response.Status.UNAUTHORIZED.getStatusCode());

    /** Everything else is for Keycloak's own providers, and so is a client for which nothing is configured. */
    @Override
    public boolean supports(TokenExchangeContext context) {
        return TOKEN_TYPE.equals(context.getParams().getRequestedTokenType())
                && ClientPolicy.isConfigured(context.getClient())
                && OIDCAdvancedConfigWrapper.fromClientModel(context.getClient())
                        .isStandardTokenExchangeEnabled();
    }

    @Override
    public Response exchange(TokenExchangeContext context) {
        EventBuilder event = context.getEvent().detail(Details.REQUESTED_TOKEN_TYPE, TOKEN_TYPE);
        Verdict<SubjectToken> subject =
                context.getClient().isPublicClient() ? Verdict.refused(PUBLIC_CLIENT) : SubjectToken.of(context);
        subject.decided().ifPresent(user -> user.describe(event));
        return subject.then(user -> access(context, user.user())
                        .then(access -> Verdict.allowed(answer(context, user.user(), access))))
                .orThrow(refusal -> Refusals.refuse(context.getSession(), event, refusal));
    }

    private static Verdict<IssuedAccess> access(TokenExchangeContext context, UserModel user) {
        KeycloakSession session = context.getSession();
        String scope = context.getParams().getScope();
        return IssuancePolicy.at(
                        ClientPolicy.of(context.getRealm(), context.getClient()),
                        present(context.getParams().getAudience()))
                .then(policy -> policy.issue(
                        present(context.getParams().getResource()),
                        scope == null ? Set.of() : ScopeList.names(scope),
                        role -> UserRoles.has(session, user, role)));
    }

    private static Response answer(TokenExchangeContext context, UserModel user, IssuedAccess access) {
        IdentityAssertion assertion = IdentityAssertion.about(user, access, ClientPolicy.claims(context, access));
        String scope = String.join(" ", access.scopes());
        AccessTokenResponse answer = new AccessTokenResponse();
        answer.setToken(assertion.sign(context.getSession()));
        answer.setTokenType(NOT_AN_ACCESS_TOKEN);
        answer.setExpiresIn(IdentityAssertion.LIFE.toSeconds());
        answer.setScope(scope);
        answer.setOtherClaims(OAuth2Constants.ISSUED_TOKEN_TYPE, TOKEN_TYPE);
        EventBuilder event = context.getEvent()
                .detail(Details.AUDIENCE, access.audience())
                .detail(Details.SCOPE, scope)
                .detail(Details.TOKEN_ID, assertion.id());
        if (!access.servers().isEmpty()) {
            event.detail(RequestEvent.MCP_RESOURCE, String.join(" ", access.servers()));
        }
        event.success();
        return context.getCors().add(Response.ok(answer, MediaType.APPLICATION_JSON_TYPE));
    }

    /** Asked by Keycloak 26.6 only, which tells its first token exchange from the standard by it. */
    @SuppressWarnings("MissingOverride")
    public int getVersion() {
        return 2;
    }

    /** A parameter without a value counts as omitted (RFC 6749 section 3.2). */
    private static List<String> present(@Nullable List<String> values) {
        return values == null
                ? List.of()
                : values.stream().filter(value -> !value.isBlank()).distinct().toList();
    }

    @Override
    public void close() {}
}
