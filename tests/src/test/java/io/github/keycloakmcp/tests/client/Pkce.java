package io.github.keycloakmcp.tests.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Proof Key for Code Exchange (RFC 7636).
 *
 * @param method {@code S256}, {@code plain}, or empty for none at all
 * @param verifier the secret sent with the code
 * @param challenge what the authorization request shows of it
 */
public record Pkce(String method, String verifier, String challenge) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /** What MCP demands. */
    public static Pkce s256() {
        String verifier = random();
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return new Pkce("S256", verifier, BASE64.encodeToString(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The method that reveals the verifier. */
    public static Pkce plain() {
        String verifier = random();
        return new Pkce("plain", verifier, verifier);
    }

    /** No proof. */
    public static Pkce none() {
        return new Pkce("", "", "");
    }

    /** A random URL-safe text of 43 characters. */
    public static String random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return BASE64.encodeToString(bytes);
    }
}
