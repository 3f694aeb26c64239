package io.github.keycloakmcp.tests.integration.resource;

import java.util.Optional;

/** The ways to a first token, with what each is recorded as: the rows of the table. */
enum Grant {
    CODE_BY_QUERY("CODE_TO_TOKEN", "LOGIN_ERROR", "invalid_request"),
    CODE_BY_POST("CODE_TO_TOKEN", "LOGIN_ERROR", "invalid_request"),
    PUSHED_REQUEST("CODE_TO_TOKEN", "PUSHED_AUTHORIZATION_REQUEST_ERROR", "invalid_request"),
    REQUEST_OBJECT("CODE_TO_TOKEN", "LOGIN_ERROR", "invalid_target"),
    CLIENT_SECRET("CLIENT_LOGIN", "CLIENT_LOGIN_ERROR", "invalid_request"),
    CLIENT_KEY("CLIENT_LOGIN", "CLIENT_LOGIN_ERROR", "invalid_request"),
    DEVICE("OAUTH2_DEVICE_CODE_TO_TOKEN", "OAUTH2_DEVICE_AUTH_ERROR", "invalid_grant"),
    EXCHANGE("TOKEN_EXCHANGE", "TOKEN_EXCHANGE_ERROR", ""),
    ASSERTION("JWT_AUTHORIZATION_GRANT", "JWT_AUTHORIZATION_GRANT_ERROR", "invalid_request"),
    CLAIM_OF_ASSERTION("JWT_AUTHORIZATION_GRANT", "JWT_AUTHORIZATION_GRANT_ERROR", "");

    private final String issued;
    private final String refused;
    private final String twoServers;

    Grant(String issued, String refused, String twoServers) {
        this.issued = issued;
        this.refused = refused;
        this.twoServers = twoServers;
    }

    /** The event of a token. */
    String issued() {
        return issued;
    }

    /** The event of a refusal. */
    String refused() {
        return refused;
    }

    /** The OAuth error of a request for two servers at once; none where they may be asked for together. */
    Optional<String> errorForTwoServers() {
        return Optional.of(twoServers).filter(error -> !error.isEmpty());
    }

    /** The error in the event, which is another than in the answer where Keycloak itself refuses an authorization request. */
    String recorded(Spelling spelling) {
        if (isWrongAssertion(spelling)) {
            return "invalid_grant";
        }
        boolean atLogin = refused.equals("LOGIN_ERROR");
        boolean byKeycloak = spelling.isMalformedToKeycloak() || spelling == Spelling.REPEATED;
        return atLogin && byKeycloak ? "invalid_request" : "invalid_target";
    }

    /** What the client is told where it names no server, or a wrong one. */
    String error(Spelling spelling) {
        return isWrongAssertion(spelling) ? "invalid_grant" : "invalid_target";
    }

    /** A server that an assertion names is a part of the grant; a request that names none is a wrong request. */
    private boolean isWrongAssertion(Spelling spelling) {
        return this == CLAIM_OF_ASSERTION && spelling != Spelling.NOTHING;
    }
}
