package io.github.keycloakmcp.example;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import org.jspecify.annotations.Nullable;

/** A DPoP proof that is good unless a test changes a part of it. */
final class TestProof {

    static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    static final String TOKEN = "header.claims.signature";
    static final String BODY = "{\"jsonrpc\":\"2.0\",\"method\":\"tools/list\",\"id\":1}";

    private final Map<String, Object> header = new LinkedHashMap<>();
    private final Map<String, Object> claims = new LinkedHashMap<>();
    private JWK signer;

    private TestProof(JWK key) {
        this.signer = key;
        header.put("typ", "dpop+jwt");
        header.put("alg", key instanceof ECKey ec ? algorithm(ec.getCurve()) : "RS256");
        header.put("jwk", key.toPublicJWK().toJSONObject());
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("htm", "POST");
        claims.put("htu", RunningServer.RESOURCE);
        claims.put("iat", NOW.getEpochSecond());
        claims.put("ath", Proofs.hash(TOKEN));
        claims.put("content_digest", digest(BODY));
    }

    static TestProof of(JWK key) {
        return new TestProof(key);
    }

    static ECKey newKey() {
        return newKey(Curve.P_256);
    }

    static ECKey newKey(Curve curve) {
        try {
            return new ECKeyGenerator(curve).generate();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Nothing removes the claim. */
    TestProof claim(String name, @Nullable Object value) {
        return put(claims, name, value);
    }

    TestProof header(String name, @Nullable Object value) {
        return put(header, name, value);
    }

    TestProof signedBy(JWK other) {
        signer = other;
        return this;
    }

    TestProof forBody(String body) {
        return claim("content_digest", digest(body));
    }

    /** The whole as text; the signature is made for whatever the header says. */
    String text() {
        try {
            Base64URL head = Base64URL.encode(JSONObjectUtils.toJSONString(header));
            Base64URL payload = Base64URL.encode(JSONObjectUtils.toJSONString(new HashMap<>(claims)));
            String input = head + "." + payload;
            JWSAlgorithm algorithm = signer instanceof ECKey ec
                    ? JWSAlgorithm.parse(algorithm(ec.getCurve()))
                    : JWSAlgorithm.parse(String.valueOf(header.get("alg")));
            JWSSigner by = new DefaultJWSSignerFactory().createJWSSigner(signer, algorithm);
            return input + '.' + by.sign(new JWSHeader(algorithm), input.getBytes(StandardCharsets.UTF_8));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static String digest(String body) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
            return "sha-256=:" + Base64.getEncoder().encodeToString(hash) + ':';
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String algorithm(Curve curve) {
        return Curve.P_521.equals(curve) ? "ES512" : Curve.P_384.equals(curve) ? "ES384" : "ES256";
    }

    private TestProof put(Map<String, Object> where, String name, @Nullable Object value) {
        if (value == null) {
            where.remove(name);
        } else {
            where.put(name, value);
        }
        return this;
    }
}
