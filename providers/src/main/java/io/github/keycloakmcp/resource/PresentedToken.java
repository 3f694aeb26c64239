package io.github.keycloakmcp.resource;

import java.util.Optional;

import org.keycloak.OAuth2Constants;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.representations.RefreshToken;

/** A token that came with the request. Keycloak has verified it before any mapper runs; here it is only read again. */
final class PresentedToken {

    private static final String TOKEN = "token";

    private PresentedToken() {}

    /** The token that a protected resource asks about at the introspection endpoint. */
    static Optional<JsonWebToken> toIntrospect(KeycloakSession session) {
        return read(session, TOKEN, JsonWebToken.class);
    }

    /** The refresh token of a refresh request. */
    static Optional<RefreshToken> toRefresh(KeycloakSession session) {
        return read(session, OAuth2Constants.REFRESH_TOKEN, RefreshToken.class);
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
