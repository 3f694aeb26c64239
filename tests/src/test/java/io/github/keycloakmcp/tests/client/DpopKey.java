package io.github.keycloakmcp.tests.client;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.server.Json;

/**
 * A key that a client proves to hold with each request, so that nobody else can use its tokens (RFC 9449).
 *
 * @param key the key pair
 */
public record DpopKey(SigningKey key) {

    /** A fresh one. */
    public static DpopKey generate() {
        return new DpopKey(SigningKey.generate());
    }

    /** The same client, sending a proof for one POST to its token endpoint. */
    public McpClient proven(McpClient client) {
        return proven(client, "token_endpoint");
    }

    /** The same client, sending a proof for one POST to another endpoint of the metadata. */
    public McpClient proven(McpClient client, String endpoint) {
        return client.sending("DPoP", proof("POST", client.server().endpoint(endpoint)));
    }

    /** A proof for one request to the authorization server (RFC 9449 section 4.2). */
    public String proof(String method, URI uri) {
        return proof(method, uri, Map.of());
    }

    /** A proof for one POST to an MCP server, with the digest of its body (DPoP profile for MCP). */
    public String proof(URI resource, String token, String body) {
        return proof(
                "POST",
                resource,
                Map.of(
                        "ath",
                        Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(token)),
                        "content_digest",
                        "sha-256=:" + Base64.getEncoder().encodeToString(sha256(body)) + ':'));
    }

    private String proof(String method, URI uri, Map<String, Object> more) {
        Map<String, Object> claims = new HashMap<>(more);
        claims.put("jti", Pkce.random());
        claims.put("htm", method);
        claims.put("htu", uri.toString());
        claims.put("iat", Instant.now().getEpochSecond());
        return key.sign(
                Map.of("typ", "dpop+jwt", "alg", "RS256", "jwk", jwk()),
                Json.tree(claims).toString());
    }

    /** What a bound token says in {@code cnf.jkt} (RFC 7638). */
    public String thumbprint() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(jwk().toString()));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The members that make the key, in the order of their names, as the thumbprint needs them. */
    private ObjectNode jwk() {
        JsonNode whole = Json.parse(key.jwks()).path("keys").path(0);
        return Json.object()
                .put("e", whole.path("e").asText())
                .put("kty", "RSA")
                .put("n", whole.path("n").asText());
    }
}
