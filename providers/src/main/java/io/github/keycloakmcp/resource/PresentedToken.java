package io.github.keycloakmcp.resource;

import java.util.List;
import java.util.Optional;

import io.github.keycloakmcp.rule.resource.GrantedResources;
import org.keycloak.OAuth2Constants;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.representations.RefreshToken;

/** A token that came with the request. Keycloak has verified it before any mapper runs; here it is only read again. */
final class PresentedToken {

    private static final String TOKEN = "token";
    private static final String ASSERTION = "assertion";

    private PresentedToken() {}

    /** The token that a protected resource asks about at the introspection endpoint. */
    static Optional<JsonWebToken> toIntrospect(KeycloakSession session) {
        return read(session, TOKEN, JsonWebToken.class);
    }

    /** The refresh token of a refresh request. */
    static Optional<RefreshToken> toRefresh(KeycloakSession session) {
        return read(session, OAuth2Constants.REFRESH_TOKEN, RefreshToken.class);
    }

    /**
     * What the issuer of an assertion approved: the {@code resource} claim of an identity assertion (one URI or several),
     * with which an enterprise says which MCP server its user may use. An assertion without it approves nothing special.
     */
    static GrantedResources assertedResources(KeycloakSession session) {
        Object claim = read(session, ASSERTION, JsonWebToken.class)
                .map(assertion -> assertion.getOtherClaims().get(OAuth2Constants.RESOURCE))
                .orElse(null);
        if (claim == null) {
            return new GrantedResources.Immediate();
        }
        return new GrantedResources.Authorized(
                claim instanceof List<?> uris
                        ? uris.stream().map(String::valueOf).toList()
                        : List.of(String.valueOf(claim)));
    }

    private static <T> Optional<T> read(KeycloakSession session, String parameter, Class<T> type) {
        String token =
                session.getContext().getHttpRequest().getDecodedFormParameters().getFirst(parameter);
        if (token == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new JWSInput(token).readJsonContent(type));
        } catch (JWSInputException e) {
            return Optional.empty();
        }
    }
}
