package io.github.keycloakmcp.tests.client;

import io.github.keycloakmcp.tests.server.McpRealm;

/**
 * A program without a user and without a secret of its own, which sends a statement about itself instead of a client id
 * (RFC 7523, RFC 7521 section 4.2).
 *
 * @param server the authorization server that it has discovered
 */
public record Agent(AuthorizationServer server) {

    /** The type of a signed statement about a client (RFC 7523 section 2.2). */
    public static final String JWT = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /** The type of a JWT-SVID (draft-ietf-oauth-spiffe-client-auth). */
    public static final String SVID = "urn:ietf:params:oauth:client-assertion-type:jwt-spiffe";

    /** An agent that has discovered the realm. */
    public static Agent of(McpRealm realm) {
        return new Agent(AuthorizationServer.discover(Http.plain(), realm.issuer()));
    }

    /** Asks for a token for an MCP server. */
    public TokenReply ask(String assertionType, String assertion, String resource) {
        return post(Form.of("grant_type", "client_credentials", "resource", resource)
                .with("client_assertion_type", assertionType)
                .with("client_assertion", assertion));
    }

    /** Any request to the token endpoint, as it is. */
    public TokenReply post(Form form) {
        return new TokenReply(Http.plain().post(server.tokenEndpoint(), form));
    }
}
