package io.github.keycloakmcp.tests.integration.broker;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.github.keycloakmcp.tests.client.SigningKey;
import io.github.keycloakmcp.tests.client.WorkloadIssuer;
import io.github.keycloakmcp.tests.server.Json;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that no workload may get in with: each is one that would be accepted, with one thing wrong.
 *
 * @param cluster the trusted platform
 * @param endpoint the token endpoint
 */
record HostileWorkload(WorkloadIssuer cluster, URI endpoint) {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final List<Object> NO_TEXT = List.of("", " ", 0, 1.5, true, Map.of("a", "b"), List.of(), List.of(1));

    /** All of them, by what is wrong. */
    Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        claims(all);
        headers(all);
        forms(all);
        return all;
    }

    private void claims(Map<String, String> all) {
        long now = Instant.now().getEpochSecond();
        for (String claim : List.of("iss", "sub", "aud", "jti")) {
            NO_TEXT.forEach(value -> add(all, claim, value));
        }
        for (String claim : List.of("iss", "sub", "aud", "jti", "iat", "exp")) {
            add(all, claim, null);
        }
        for (String iss :
                List.of(cluster.url() + "/", "https://kubernetes.default.svc", "*", cluster.url() + "\u0000")) {
            add(all, "iss", iss);
        }
        for (String sub : List.of(
                "system:serviceaccount:bots:*",
                "system:serviceaccount:bots:triage ",
                "system:serviceaccount:bots:Triage",
                "system:serviceaccount:bots:triage\u0000",
                "agent-workload",
                "service-account-agent-workload",
                "a".repeat(2000))) {
            add(all, "sub", sub);
        }
        String issuer = endpoint.toString().replace("/protocol/openid-connect/token", "");
        for (Object aud : List.of(
                issuer,
                endpoint + "/",
                endpoint + "?x",
                endpoint.toString().toUpperCase(Locale.ROOT),
                "https://kubernetes.default.svc",
                "*",
                List.of(endpoint.toString(), "https://vault.example"),
                List.of("https://vault.example", endpoint.toString()))) {
            add(all, "aud", aud);
        }
        for (Object time : List.of("now", now + 600, -1, Long.MAX_VALUE, 1e300, now - 100_000)) {
            add(all, "iat", time);
        }
        for (Object time : List.of("later", now - 1, 0, -1, Long.MAX_VALUE, Long.MIN_VALUE, 1e300, now + 86_400)) {
            add(all, "exp", time);
        }
        for (Object time : List.of("soon", now + 600, Long.MAX_VALUE, true)) {
            add(all, "nbf", time);
        }
        add(all, "cnf", Map.of("jkt", "x"));
        add(all, "authorization_details", List.of(Map.of("type", "x")));
    }

    private void headers(Map<String, String> all) {
        String body = body();
        for (String type : List.of("at+jwt", "oauth-id-jag+jwt", "dpop+jwt", "logout+jwt", "application/jwt")) {
            all.put("typ " + type, signed(Map.of("alg", "RS256", "kid", SigningKey.ID, "typ", type), body));
        }
        for (String algorithm : List.of("none", "None", "HS256", "RS384", "ES256", "PS256", "", "XX")) {
            all.put("alg " + algorithm, signed(Map.of("alg", algorithm, "kid", SigningKey.ID), body));
        }
        all.put("no alg", signed(Map.of("kid", SigningKey.ID), body));
        all.put("unknown kid", signed(Map.of("alg", "RS256", "kid", "another"), body));
        all.put(
                "crit",
                signed(Map.of("alg", "RS256", "kid", SigningKey.ID, "crit", List.of("b64"), "b64", false), body));
        all.put("kid of a file", signed(Map.of("alg", "RS256", "kid", "../../../dev/null"), body));
        all.put(
                "a key in the header",
                SigningKey.generate()
                        .sign(
                                Map.of(
                                        "alg",
                                        "RS256",
                                        "kid",
                                        "mine",
                                        "jwk",
                                        Json.parse(cluster.key().jwks())),
                                body));
        all.put("public key as a secret", withSecret(cluster.key().jwks(), body));
    }

    private void forms(Map<String, String> all) {
        String good = cluster.sign(valid(Map.of()));
        String[] parts = good.split("\\.", -1);
        all.put("empty", "");
        all.put("blank", " ");
        all.put("a word", "token");
        all.put("dots", "..");
        all.put("no signature", parts[0] + "." + parts[1] + ".");
        all.put("two parts", parts[0] + "." + parts[1]);
        all.put("four parts", good + ".x");
        all.put("five parts, as if encrypted", "a.b.c.d.e");
        all.put("twice", good + good);
        all.put("body of another token", parts[0] + "." + text(body("other")) + "." + parts[2]);
        all.put("signature cut", good.substring(0, good.length() - 8));
        all.put("body that is a list", signed(Map.of("alg", "RS256", "kid", SigningKey.ID), "[]"));
        all.put("body that is null", signed(Map.of("alg", "RS256", "kid", SigningKey.ID), "null"));
        all.put("body that is no JSON", signed(Map.of("alg", "RS256", "kid", SigningKey.ID), "{"));
        all.put("a token in a token", cluster.sign(Map.of("jwt", good)));
        all.put("too long", cluster.sign(valid(Map.of("fill", "x".repeat(9000)))));
        all.put("deep", signed(Map.of("alg", "RS256"), "[".repeat(3000)));
        all.put(
                "another key with the same id",
                SigningKey.generate().sign(Map.of("alg", "RS256", "kid", SigningKey.ID), body()));
    }

    private void add(Map<String, String> all, String claim, @Nullable Object value) {
        String text = String.valueOf(value);
        Map<String, Object> change = new HashMap<>();
        change.put(claim, value);
        all.put(claim + " = " + text.substring(0, Math.min(60, text.length())), cluster.sign(valid(change)));
    }

    private Map<String, Object> valid(Map<String, Object> changes) {
        return cluster.claims("bots", "triage", endpoint.toString(), changes);
    }

    private String body() {
        return Json.tree(valid(Map.of())).toString();
    }

    private String body(String account) {
        return Json.tree(cluster.claims("bots", account, endpoint.toString(), Map.of()))
                .toString();
    }

    private String signed(Map<String, Object> header, String body) {
        return cluster.key().sign(header, body);
    }

    private static String withSecret(String secret, String body) {
        String signed =
                text(Json.tree(Map.of("alg", "HS256", "kid", SigningKey.ID)).toString()) + "." + text(body);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return signed + "." + BASE64.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
