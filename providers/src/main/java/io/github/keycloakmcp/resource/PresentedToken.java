package io.github.keycloakmcp.resource;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.common.util.Base64Url;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.util.JsonSerialization;

/**
 * A token that came with the request. Keycloak has verified it before any mapper runs; here it is only read again. An executor runs
 * before that: what it reads here may be anything.
 */
final class PresentedToken {

    private static final String TO_REFRESH = PresentedToken.class.getName();
    private static final String TOKEN = "token";

    private PresentedToken() {}

    /** The token that a protected resource asks about at the introspection endpoint. */
    static Optional<JsonWebToken> toIntrospect(KeycloakSession session) {
        return read(session, TOKEN, JsonWebToken.class);
    }

    /** The refresh token of a refresh request; needed several times in one request and read once. */
    static Optional<RefreshedGrant> toRefresh(KeycloakSession session) {
        if (session.getAttribute(TO_REFRESH) instanceof RefreshedGrant grant) {
            return Optional.of(grant);
        }
        Optional<RefreshedGrant> grant = claims(session, OAuth2Constants.REFRESH_TOKEN, RefreshedGrant::read);
        grant.ifPresent(read -> session.setAttribute(TO_REFRESH, read));
        return grant;
    }

    /**
     * The token of a user that a client exchanges, for one of the same user. Tokens that are exchanged under the name of another
     * issuer are none: their claims about clients of this realm mean nothing.
     */
    static Optional<Map<?, ?>> toExchange(KeycloakSession session) {
        boolean sameUser = parameter(session, OAuth2Constants.SUBJECT_ISSUER).isEmpty()
                && parameter(session, OAuth2Constants.REQUESTED_SUBJECT).isEmpty();
        return sameUser
                ? read(session, OAuth2Constants.SUBJECT_TOKEN, Map.class).map(token -> token)
                : Optional.empty();
    }

    private static <T> Optional<T> read(KeycloakSession session, String parameter, Class<T> type) {
        return claims(session, parameter, claims -> JsonSerialization.readValue(claims, type));
    }

    private static <T> Optional<T> claims(KeycloakSession session, String parameter, ClaimsReader<T> reader) {
        return parameter(session, parameter).flatMap(token -> claims(token, reader));
    }

    /**
     * Reads the claims alone: taking the header apart as well would double what a refresh costs here. Empty where there are none,
     * such as where the JSON is {@code null}.
     */
    static <T> Optional<T> claims(String token, ClaimsReader<T> reader) {
        int begin = token.indexOf('.') + 1;
        int end = token.indexOf('.', begin);
        try {
            return begin == 0
                    ? Optional.empty()
                    : Optional.ofNullable(reader.read(
                            Base64Url.decode(end < 0 ? token.substring(begin) : token.substring(begin, end))));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** How claims are read; null where the JSON is no object of claims but {@code null}. */
    interface ClaimsReader<T> {
        @Nullable
        T read(byte[] claims) throws IOException;
    }

    static Optional<String> parameter(KeycloakSession session, String name) {
        return Optional.ofNullable(
                session.getContext().getHttpRequest().getDecodedFormParameters().getFirst(name));
    }
}
