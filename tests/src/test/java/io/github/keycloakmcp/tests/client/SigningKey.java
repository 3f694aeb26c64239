package io.github.keycloakmcp.tests.client;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import io.github.keycloakmcp.tests.server.Json;

/**
 * A key of somebody whom the server trusts: a client, or an enterprise that vouches for its users.
 *
 * @param pair the key pair
 */
public record SigningKey(KeyPair pair) {

    /** Its {@code kid}. */
    public static final String ID = "test-key";

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /** A fresh RSA key. */
    public static SigningKey generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return new SigningKey(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The public part as a JSON Web Key Set. */
    public String jwks() {
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        return Json.tree(Map.of(
                        "keys",
                        List.of(Map.of(
                                "kty",
                                "RSA",
                                "kid",
                                ID,
                                "use",
                                "sig",
                                "alg",
                                "RS256",
                                "n",
                                number(key.getModulus()),
                                "e",
                                number(key.getPublicExponent())))))
                .toString();
    }

    /** A signed token of this type with these claims, in compact form. */
    public String sign(String type, Map<String, Object> claims) {
        return sign(
                Map.of("alg", "RS256", "kid", ID, "typ", type),
                Json.tree(claims).toString());
    }

    /** A token with this header and these claims, whatever they are, and an RS256 signature. */
    public String sign(Map<String, Object> headers, String body) {
        String header = Json.tree(headers).toString();
        String signed =
                base64(header.getBytes(StandardCharsets.UTF_8)) + "." + base64(body.getBytes(StandardCharsets.UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(pair.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Keeps the private part out of failure messages. */
    @Override
    public String toString() {
        return jwks();
    }

    /** Numbers in a key are unsigned: a leading zero byte is no part of them (RFC 7518 section 6.3.1.1). */
    private static String number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return base64(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private static String base64(byte[] bytes) {
        return BASE64.encodeToString(bytes);
    }
}
