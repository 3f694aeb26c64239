package io.github.keycloakmcp.assertion;

import io.github.keycloakmcp.platform.Refusals;
import io.github.keycloakmcp.platform.RequestEvent;
import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.Response;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.protocol.oidc.TokenManager.AccessTokenResponseBuilder;
import org.keycloak.protocol.oidc.grants.ClientCredentialsGrantType;
import org.keycloak.representations.AccessToken;

/**
 * The token for a workload. Its own token took the place of a client's authentication; what follows is the client credentials
 * grant, with all that is decided there about servers, scopes and roles. There is no refresh token, the access token does not
 * live longer than the token of the workload, and that one counts as used only when there is an access token.
 *
 * @see <a href="https://github.com/modelcontextprotocol/ext-auth">Workload Identity Federation (draft)</a>
 */
final class WorkloadGrant extends ClientCredentialsGrantType {

    private static final Refusal USED = new Refusal(
            RefusalCode.WORKLOAD_TOKEN_USED,
            "invalid_grant",
            "this token was used before, get a new one from the platform",
            "member jti of the token",
            "Workload Identity Federation (draft), JWT Format");

    private final WorkloadIdentity workload;

    WorkloadGrant(WorkloadIdentity workload) {
        this.workload = workload;
    }

    @Override
    public Response process(Context request) {
        MultivaluedHashMap<String, String> form = new MultivaluedHashMap<>(request.getFormParams());
        form.putSingle(OAuth2Constants.GRANT_TYPE, OAuth2Constants.CLIENT_CREDENTIALS);
        form.remove(OAuth2Constants.ASSERTION);
        return super.process(new Context(
                request.getSession(),
                request.getClientConfig(),
                request.getClientAuthAttributes(),
                form,
                request.getEvent(),
                request.getCors(),
                request.getTokenManager()));
    }

    @Override
    protected Response createTokenResponse(
            AccessTokenResponseBuilder response, ClientSessionContext granted, boolean code) {
        AccessToken token = response.getAccessToken();
        if (token.getExp() == null || token.getExp() > workload.workload().expires()) {
            token.exp(workload.workload().expires());
        }
        if (!workload.use(session)) {
            throw Refusals.refuse(session, RequestEvent.of(session).client(client), USED);
        }
        try {
            return super.createTokenResponse(response, granted, code);
        } catch (RuntimeException e) {
            workload.release(session);
            throw e;
        }
    }

    @Override
    protected boolean useRefreshToken() {
        return false;
    }
}
