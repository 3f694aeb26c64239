package io.github.keycloakmcp.example;

import com.nimbusds.jwt.JWTClaimsSet;

/** What {@link AccessTokens} decides about a presented token. */
sealed interface TokenVerdict {

    /**
     * The token is good for this server; its claims say who calls.
     *
     * @param thumbprint of the key that the token is bound to; empty, if it is a bearer token
     */
    record Accepted(JWTClaimsSet claims, String thumbprint) implements TokenVerdict {}

    /** The token is not good for this server. The reason is a fixed sentence and never quotes the token. */
    enum Refused implements TokenVerdict {
        MALFORMED(401, "invalid_token", "The token is not a signed JWT"),
        UNTRUSTED(401, "invalid_token", "The token is not an access token signed by the authorization server"),
        EXPIRED(401, "invalid_token", "The token has expired"),
        WRONG_CLAIMS(401, "invalid_token", "The token has the wrong issuer, is not valid yet, or never expires"),
        NOT_AN_ACCESS_TOKEN(401, "invalid_token", "The token is not an access token"),
        WRONG_AUDIENCE(401, "invalid_token", "The token was issued for another server"),
        BOUND(401, "invalid_token", "The token is bound to a key: send it with the scheme DPoP and a proof"),
        UNBOUND(401, "invalid_token", "The token is not bound to a key: send it with the scheme Bearer"),
        OTHER_BINDING(401, "invalid_token", "The token is bound in a way that this server cannot check"),
        DPOP_REQUIRED(401, "invalid_token", "This server accepts only tokens that are bound to a key (DPoP)"),
        INSUFFICIENT_SCOPE(403, "insufficient_scope", "The token lacks a scope that this request requires"),
        UNDECIDED(503, "temporarily_unavailable", "The keys of the authorization server cannot be read right now");

        private final int status;
        private final String error;
        private final String description;

        Refused(int status, String error, String description) {
            this.status = status;
            this.error = error;
            this.description = description;
        }

        /** Whether a client has to send a proof next time. */
        boolean needsProof() {
            return this == BOUND || this == DPOP_REQUIRED;
        }

        int status() {
            return status;
        }

        String error() {
            return error;
        }

        String description() {
            return description;
        }
    }
}
