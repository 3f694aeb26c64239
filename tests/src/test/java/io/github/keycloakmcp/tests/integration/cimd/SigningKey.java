package io.github.keycloakmcp.tests.integration.cimd;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.Pkce;

/** A client's own key, with which it proves who it is (RFC 7523 section 2.2). */
final class SigningKey {

    private static final int BITS = 2048;

    private final String id;
    private final KeyPair pair;

    SigningKey(String id) {
        this.id = id;
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            this.pair = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has RSA", e);
        }
    }

    /** The public half, as a set of one key. */
    String keySet() {
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        return "{\"keys\": [{\"kty\": \"RSA\", \"use\": \"sig\", \"alg\": \"RS256\", \"kid\": \"%s\", \"n\": \"%s\", \"e\": \"%s\"}]}"
                .formatted(id, number(key.getModulus()), number(key.getPublicExponent()));
    }

    /** The parameters that authenticate a client for one request. */
    Form assertion(String clientId, String audience) {
        long now = Instant.now().getEpochSecond();
        String head = base64("{\"alg\": \"RS256\", \"kid\": \"" + id + "\"}");
        String body =
                base64("{\"iss\": \"%s\", \"sub\": \"%s\", \"aud\": \"%s\", \"jti\": \"%s\", \"iat\": %d, \"exp\": %d}"
                        .formatted(clientId, clientId, audience, Pkce.random(), now, now + 60));
        return Form.of(
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion",
                head + "." + body + "." + sign(head + "." + body));
    }

    private String sign(String text) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(pair.getPrivate());
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has RSA", e);
        }
    }

    private static String number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int skip = bytes[0] == 0 ? 1 : 0;
        return base64(Arrays.copyOfRange(bytes, skip, bytes.length));
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
