package io.github.keycloakmcp.tests.client;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.keycloakmcp.tests.server.DocumentHost;
import io.github.keycloakmcp.tests.server.Json;

/**
 * A platform that gives its workloads signed tokens and publishes its keys, both as a Kubernetes API server does
 * (service account issuer discovery, bound service account tokens) and as SPIRE does (bundle endpoint).
 * No cluster runs here: tokens and documents have the shape of a cluster's.
 *
 * @param host where its keys are
 * @param key what it signs with
 */
public record WorkloadIssuer(DocumentHost host, SigningKey key) implements AutoCloseable {

    /** The SPIFFE trust domain. */
    public static final String TRUST_DOMAIN = "agents.example";

    private static final String KEYS = "/openid/v1/jwks";
    private static final String BUNDLE = "/bundle";
    private static final int HOUR = 3600;

    /** Starts one with a fresh key. */
    public static WorkloadIssuer start() {
        WorkloadIssuer issuer = new WorkloadIssuer(DocumentHost.start(), SigningKey.generate());
        issuer.host.serve(
                "/.well-known/openid-configuration",
                200,
                "application/json",
                Json.tree(Map.of(
                                "issuer", issuer.url(),
                                "jwks_uri", issuer.jwksUri(),
                                "response_types_supported", List.of("id_token"),
                                "subject_types_supported", List.of("public"),
                                "id_token_signing_alg_values_supported", List.of("RS256")))
                        .toString());
        issuer.host.serve(KEYS, 200, "application/jwk-set+json", issuer.key.jwks());
        // SPIFFE Trust Domain and Bundle: the use is jwt-svid, and keys name no algorithm.
        issuer.host.serve(
                BUNDLE,
                200,
                "application/json",
                issuer.key.jwks().replace("\"sig\"", "\"jwt-svid\"").replace("\"alg\":\"RS256\",", ""));
        return issuer;
    }

    /** The issuer of its tokens. */
    public String url() {
        return host.url("");
    }

    /** Where its keys are. */
    public String jwksUri() {
        return host.url(KEYS);
    }

    /** Where the keys of its trust domain are. */
    public String bundle() {
        return host.url(BUNDLE);
    }

    /** The claims of a bound token of a service account, with more claims; one that is null is left out. */
    public Map<String, Object> claims(String namespace, String account, String audience, Map<String, Object> more) {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new HashMap<>();
        claims.put("iss", url());
        claims.put("sub", "system:serviceaccount:" + namespace + ":" + account);
        claims.put("aud", List.of(audience));
        claims.put("iat", now);
        claims.put("nbf", now);
        claims.put("exp", now + HOUR);
        claims.put("jti", Pkce.random());
        claims.put(
                "kubernetes.io",
                Map.of(
                        "namespace", namespace,
                        "node", Map.of("name", "node-1", "uid", "8b0c7a7e-6c5e-4c40-9d0c-6a7f8f6d9b11"),
                        "pod", Map.of("name", account + "-0", "uid", "0f4a2b8e-58b1-4f0b-8a3b-1c2d3e4f5a6b"),
                        "serviceaccount", Map.of("name", account, "uid", "3c9d8e7f-1a2b-4c3d-9e8f-7a6b5c4d3e2f")));
        claims.putAll(more);
        claims.values().removeIf(Objects::isNull);
        return claims;
    }

    /** A bound token of a service account, valid for an hour, as the kubelet projects it into a pod. */
    public String serviceAccountToken(String namespace, String account, String audience, Map<String, Object> more) {
        return sign(claims(namespace, account, audience, more));
    }

    /** A JWT-SVID: neither {@code iss} nor {@code jti}, five minutes long. */
    public String svid(String spiffeId, String audience) {
        long now = Instant.now().getEpochSecond();
        return sign(Map.of("sub", spiffeId, "aud", List.of(audience), "iat", now, "exp", now + 300));
    }

    /** Any claims, signed with its key. The header names no type, as those of Kubernetes. */
    public String sign(Map<String, Object> claims) {
        return key.sign(
                Map.of("alg", "RS256", "kid", SigningKey.ID), Json.tree(claims).toString());
    }

    @Override
    public void close() {
        host.close();
    }
}
