package io.github.keycloakmcp.resource;

import io.github.keycloakmcp.rule.resource.CarriedScopes;
import org.jspecify.annotations.Nullable;
import org.keycloak.representations.AccessTokenResponse;

/**
 * A token response that tells the scopes which the token carries. Keycloak writes the scopes of the grant into the response
 * after the last mapper; a client would believe to have scopes that its token lacks (RFC 6749 section 5.1).
 */
final class EffectiveScope extends AccessTokenResponse {

    private final CarriedScopes carried;

    EffectiveScope(AccessTokenResponse response, CarriedScopes carried) {
        this.carried = carried;
        setToken(response.getToken());
        setTokenType(response.getTokenType());
        setExpiresIn(response.getExpiresIn());
        setRefreshToken(response.getRefreshToken());
        setRefreshExpiresIn(response.getRefreshExpiresIn());
        setIdToken(response.getIdToken());
        setNotBeforePolicy(response.getNotBeforePolicy());
        setSessionState(response.getSessionState());
        setAuthorizationDetails(response.getAuthorizationDetails());
        response.getOtherClaims().forEach(this::setOtherClaims);
    }

    @Override
    public void setScope(@Nullable String scope) {
        super.setScope(scope == null ? null : carried.in(scope));
    }
}
