package io.github.keycloakmcp.tests.client;

import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

import io.github.keycloakmcp.tests.server.Json;

/** A DPoP proof in any algorithm that a server lists, with a fresh key of the kind that the algorithm needs. */
public final class AlgorithmProof {

    private static final int ED25519_LENGTH = 32;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private AlgorithmProof() {}

    /** A proof for one POST. */
    public static String of(String algorithm, URI uri) {
        try {
            KeyPair pair = pair(algorithm);
            Map<String, Object> header = Map.of("typ", "dpop+jwt", "alg", algorithm, "jwk", jwk(pair));
            Map<String, Object> claims = Map.of(
                    "jti",
                    Pkce.random(),
                    "htm",
                    "POST",
                    "htu",
                    uri.toString(),
                    "iat",
                    Instant.now().getEpochSecond());
            String input = encoded(header) + "." + encoded(claims);
            Signature signature = signature(algorithm);
            signature.initSign(pair.getPrivate());
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm, e);
        }
    }

    private static KeyPair pair(String algorithm) throws GeneralSecurityException {
        KeyPairGenerator generator = switch (algorithm.substring(0, 2)) {
            case "RS", "PS" -> KeyPairGenerator.getInstance("RSA");
            case "ES" -> KeyPairGenerator.getInstance("EC");
            case "Ed" -> KeyPairGenerator.getInstance("Ed25519");
            default -> throw new AssertionError("no key for the algorithm " + algorithm);
        };
        if (algorithm.startsWith("ES")) {
            generator.initialize(bits(algorithm) == 512 ? 521 : bits(algorithm));
        } else if (!algorithm.startsWith("Ed")) {
            generator.initialize(2048);
        }
        return generator.generateKeyPair();
    }

    private static Signature signature(String algorithm) throws GeneralSecurityException {
        if (algorithm.startsWith("Ed")) {
            return Signature.getInstance("Ed25519");
        }
        int bits = bits(algorithm);
        if (algorithm.startsWith("PS")) {
            Signature signature = Signature.getInstance("RSASSA-PSS");
            signature.setParameter(
                    new PSSParameterSpec("SHA-" + bits, "MGF1", new MGF1ParameterSpec("SHA-" + bits), bits / 8, 1));
            return signature;
        }
        return Signature.getInstance(
                "SHA" + bits + (algorithm.startsWith("ES") ? "withECDSAinP1363Format" : "withRSA"));
    }

    private static Map<String, Object> jwk(KeyPair pair) {
        if (pair.getPublic() instanceof RSAPublicKey rsa) {
            return Map.of("kty", "RSA", "n", number(rsa.getModulus(), 256), "e", number(rsa.getPublicExponent(), 3));
        }
        if (pair.getPublic() instanceof ECPublicKey ec) {
            int bits = ec.getParams().getCurve().getField().getFieldSize();
            int length = (bits + 7) / 8;
            return Map.of(
                    "kty",
                    "EC",
                    "crv",
                    "P-" + bits,
                    "x",
                    number(ec.getW().getAffineX(), length),
                    "y",
                    number(ec.getW().getAffineY(), length));
        }
        byte[] encoded = pair.getPublic().getEncoded();
        byte[] key = Arrays.copyOfRange(encoded, encoded.length - ED25519_LENGTH, encoded.length);
        return Map.of("kty", "OKP", "crv", "Ed25519", "x", BASE64.encodeToString(key));
    }

    /** As many bytes as the kind of key has (RFC 7518 sections 6.2.1.2 and 6.3.1.1). */
    private static String number(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        byte[] exact = new byte[length];
        int from = Math.max(0, bytes.length - length);
        System.arraycopy(bytes, from, exact, length - (bytes.length - from), bytes.length - from);
        return BASE64.encodeToString(exact);
    }

    private static int bits(String algorithm) {
        return Integer.parseInt(algorithm.substring(2));
    }

    private static String encoded(Map<String, Object> json) {
        return BASE64.encodeToString(Json.tree(json).toString().getBytes(StandardCharsets.UTF_8));
    }
}
