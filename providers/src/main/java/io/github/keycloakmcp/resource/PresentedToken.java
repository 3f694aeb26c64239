package io.github.keycloakmcp.resource;

import java.util.Optional;

import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.JsonWebToken;

/** The token that a protected resource presents for introspection; Keycloak has verified it before any mapper runs. */
final class PresentedToken {

    private static final String TOKEN = "token";

    private PresentedToken() {}

    static Optional<JsonWebToken> of(KeycloakSession session) {
        String token =
                session.getContext().getHttpRequest().getDecodedFormParameters().getFirst(TOKEN);
        if (token == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new JWSInput(token).readJsonContent(JsonWebToken.class));
        } catch (JWSInputException e) {
            return Optional.empty();
        }
    }
}
