package io.github.keycloakmcp.resource;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.keycloakmcp.rule.resource.GrantedResources;
import org.keycloak.OAuth2Constants;
import org.keycloak.common.util.Base64Url;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.representations.RefreshToken;
import org.keycloak.util.JsonSerialization;

/** A token that came with the request. Keycloak has verified it before any mapper runs; here it is only read again. */
final class PresentedToken {

    private static final String TO_REFRESH = PresentedToken.class.getName();
    private static final String TOKEN = "token";
    private static final String ASSERTION = "assertion";

    /** The type in the header of an identity assertion. */
    private static final String IDENTITY_ASSERTION = "oauth-id-jag+jwt";

    private PresentedToken() {}

    /** The token that a protected resource asks about at the introspection endpoint. */
    static Optional<JsonWebToken> toIntrospect(KeycloakSession session) {
        return read(session, TOKEN, JsonWebToken.class);
    }

    /** The refresh token of a refresh request; needed several times in one request and read once. */
    static Optional<RefreshToken> toRefresh(KeycloakSession session) {
        if (session.getAttribute(TO_REFRESH) instanceof RefreshToken token) {
            return Optional.of(token);
        }
        Optional<RefreshToken> token = read(session, OAuth2Constants.REFRESH_TOKEN, RefreshToken.class);
        token.ifPresent(read -> session.setAttribute(TO_REFRESH, read));
        return token;
    }

    /**
     * What the issuer of an assertion approved for {@code client}: the {@code resource} claim of an identity assertion (one
     * URI or several), with which an enterprise says which MCP server its user may use. An assertion without it approves
     * nothing special. Whom it was issued to is compared here, because Keycloak does so only with an experimental feature.
     *
     * @see <a href="https://datatracker.ietf.org/doc/html/draft-ietf-oauth-identity-assertion-authz-grant-01#section-3.1">
     *     Identity Assertion JWT Authorization Grant, section 3.1</a>
     */
    static GrantedResources assertedResources(KeycloakSession session, ClientModel client) {
        Optional<JWSInput> input = parameter(session, ASSERTION).flatMap(PresentedToken::parse);
        Map<String, Object> claims = input.flatMap(PresentedToken::claims)
                .map(JsonWebToken::getOtherClaims)
                .orElse(Map.of());
        boolean identity = input.map(
                        read -> IDENTITY_ASSERTION.equals(read.getHeader().getType()))
                .orElse(false);
        if (identity && !client.getClientId().equals(claims.get(OAuth2Constants.CLIENT_ID))) {
            return new GrantedResources.Foreign();
        }
        Object resource = claims.get(OAuth2Constants.RESOURCE);
        if (resource == null) {
            return new GrantedResources.Immediate();
        }
        return new GrantedResources.Asserted(
                resource instanceof List<?> uris
                        ? uris.stream().map(String::valueOf).toList()
                        : List.of(String.valueOf(resource)));
    }

    /** Reads the claims alone: taking the header apart as well would double what a refresh costs here. */
    private static <T> Optional<T> read(KeycloakSession session, String parameter, Class<T> type) {
        String[] parts =
                parameter(session, parameter).map(token -> token.split("\\.")).orElse(new String[0]);
        try {
            return parts.length < 2
                    ? Optional.empty()
                    : Optional.of(JsonSerialization.readValue(Base64Url.decode(parts[1]), type));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<JWSInput> parse(String token) {
        try {
            return Optional.of(new JWSInput(token));
        } catch (JWSInputException e) {
            return Optional.empty();
        }
    }

    private static Optional<JsonWebToken> claims(JWSInput input) {
        try {
            return Optional.of(input.readJsonContent(JsonWebToken.class));
        } catch (JWSInputException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> parameter(KeycloakSession session, String name) {
        return Optional.ofNullable(
                session.getContext().getHttpRequest().getDecodedFormParameters().getFirst(name));
    }
}
