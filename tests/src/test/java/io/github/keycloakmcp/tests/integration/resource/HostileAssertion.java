package io.github.keycloakmcp.tests.integration.resource;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.keycloakmcp.tests.client.Pkce;
import io.github.keycloakmcp.tests.client.SigningKey;
import io.github.keycloakmcp.tests.server.Json;
import org.jspecify.annotations.Nullable;

/**
 * Assertions that nobody may get a token for: each is one that would be accepted, with one thing wrong.
 *
 * @param enterprise who signs, unless its signature is what is wrong
 * @param client the client that presents them
 * @param issuer the realm
 * @param server the MCP server
 */
record HostileAssertion(Enterprise enterprise, String client, URI issuer, String server) {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final List<Object> NO_TEXT =
            List.of("", " ", 0, -1, 1.5, true, Map.of(), Map.of("a", "b"), List.of(), List.of(1), List.of(List.of()));

    /** All of them, by what is wrong. */
    Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        claims(all);
        headers(all);
        forms(all);
        return all;
    }

    private void claims(Map<String, String> all) {
        for (String claim : List.of("iss", "sub", "aud", "client_id", "jti", "resource", "scope")) {
            for (Object value : NO_TEXT) {
                add(all, claim, value);
            }
        }
        for (String claim : List.of("iss", "sub", "aud", "client_id", "jti", "iat", "exp")) {
            add(all, claim, null);
        }
        for (Object aud : List.of(
                server,
                issuer + "/",
                issuer + "x",
                issuer.toString().toUpperCase(Locale.ROOT),
                issuer.resolve("/realms/master").toString(),
                issuer + "/protocol/openid-connect/auth",
                "https://as.example",
                "*",
                List.of(issuer.toString(), "https://as.example"),
                List.of("https://as.example", issuer.toString()))) {
            add(all, "aud", aud);
        }
        for (String iss :
                List.of(issuer.toString(), "https://idp.enterprise.example/", "https://idp.other.example", "*")) {
            add(all, "iss", iss);
        }
        for (String other :
                List.of(client.toUpperCase(Locale.ROOT), client + " ", "admin-cli", "*", client + "\u0000")) {
            add(all, "client_id", other);
        }
        add(all, "client_id", List.of(client));
        add(all, "sub", "nobody-here");
        for (Object resource : List.of(
                "https://evil.example/mcp",
                server + "/other",
                server + "#fragment",
                server + "?query",
                server + " ",
                "*",
                "mcp",
                "javascript:alert(1)",
                "x".repeat(5_000),
                List.of(server, "https://evil.example/mcp"),
                List.of(server, 1))) {
            add(all, "resource", resource);
        }
        for (Object scope : List.of(
                "mcp:tool",
                "MCP:TOOLS",
                "mcp:tools,email",
                "*",
                "profile email",
                "mcp:tools\u0000",
                "x".repeat(5_000),
                List.of("mcp:tools", 1),
                List.of(List.of("mcp:tools")))) {
            add(all, "scope", scope);
        }
        long now = Instant.now().getEpochSecond();
        for (Object exp : List.of(now - 1, now - 3_600, 0, -1, now + 86_400, Long.MAX_VALUE, "soon", true, 1.0e30)) {
            add(all, "exp", exp);
        }
        for (Object iat : List.of(now + 300, now + 86_400, Long.MAX_VALUE, "now", true, List.of(now))) {
            add(all, "iat", iat);
        }
        for (Object nbf : List.of(now + 300, Long.MAX_VALUE, "later")) {
            add(all, "nbf", nbf);
        }
        for (Object cnf : List.of(Map.of("jkt", "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"), Map.of(), "x", false)) {
            add(all, "cnf", cnf);
        }
        for (Object details : List.of(List.of(Map.of("type", "mcp")), List.of(), "x", Map.of())) {
            add(all, "authorization_details", details);
        }
    }

    private void headers(Map<String, String> all) {
        for (String alg :
                List.of("none", "None", "HS256", "HS512", "ES256", "RS512", "RS1", "", "RSA-OAEP", "PS256", "EdDSA")) {
            header(all, "alg", alg);
        }
        for (Object kid : List.of("unknown", "", "../../etc/passwd", "' or 1=1", 1)) {
            header(all, "kid", kid);
        }
        for (Object typ : List.of(
                1, true, "at+jwt", "secevent+jwt", "logout+jwt", "dpop+jwt", List.of(Enterprise.IDENTITY), Map.of())) {
            header(all, "typ", typ);
        }
        header(all, "alg", null);
        String self = SigningKey.generate().sign(Enterprise.IDENTITY, good());
        all.put("another key with the same id", self);
        Map<String, Object> embedded = headers();
        embedded.put(
                "jwk", Json.parse(SigningKey.generate().jwks()).path("keys").path(0));
        all.put("a key in the header", SigningKey.generate().sign(embedded, body(good())));
        Map<String, Object> fetched = headers();
        fetched.put("jku", "http://127.0.0.1:1/jwks");
        fetched.put("x5u", "http://127.0.0.1:1/x509");
        all.put("an address of keys in the header", SigningKey.generate().sign(fetched, body(good())));
        Map<String, Object> critical = headers();
        critical.put("crit", List.of("b64"));
        critical.put("b64", false);
        all.put("unencoded payload", enterprise.key().sign(critical, "{"));
    }

    private void forms(Map<String, String> all) {
        String good = enterprise.key().sign(Enterprise.IDENTITY, good());
        String[] parts = good.split("\\.", -1);
        all.put("no signature", parts[0] + "." + parts[1] + ".");
        all.put("two parts", parts[0] + "." + parts[1]);
        all.put("one part", parts[0]);
        all.put("four parts", good + ".x");
        all.put("five parts, as if encrypted", good + ".x.y");
        all.put("parts exchanged", parts[1] + "." + parts[0] + "." + parts[2]);
        all.put("empty parts", "..");
        all.put("no base64", "!." + parts[1] + "." + parts[2]);
        all.put("padded", parts[0] + "=." + parts[1] + "=." + parts[2] + "==x");
        all.put(
                "signature of another",
                parts[0] + "." + parts[1] + "."
                        + enterprise.key().sign(Enterprise.IDENTITY, good()).split("\\.", -1)[2]);
        for (String body : List.of("null", "[]", "1", "\"x\"", "{", "{\"a\":1}", "{}", "\u0000", "")) {
            all.put("payload " + body, enterprise.key().sign(headers(), body));
        }
        for (String header : List.of("null", "[]", "{}", "{\"alg\":{}}", "{\"alg\":null}", "x")) {
            all.put("header " + header, base64(header) + "." + parts[1] + "." + parts[2]);
        }
        all.put("nested in another", enterprise.key().sign(headers(), "\"" + good + "\""));
        Map<String, Object> deep = good();
        deep.put("act", Json.parse("{\"act\":".repeat(900) + "{}" + "}".repeat(900)));
        deep.put("aud", "https://as.example");
        all.put("deep", enterprise.key().sign(Enterprise.IDENTITY, deep));
        byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
        for (int at : List.of(0, 1, 127, 128, 200, 255)) {
            byte[] changed = Arrays.copyOf(signature, signature.length);
            changed[at] ^= 1;
            all.put("signature changed at " + at, parts[0] + "." + parts[1] + "." + BASE64.encodeToString(changed));
        }
        all.put("zero signature", parts[0] + "." + parts[1] + "." + BASE64.encodeToString(new byte[256]));
        all.put("an access token", "not.a.token");
    }

    private void add(Map<String, String> all, String claim, @Nullable Object value) {
        Map<String, Object> claims = Enterprise.claims("alice", client, issuer, Map.of("resource", server));
        claims.put("jti", Pkce.random());
        if (value == null) {
            claims.remove(claim);
        } else {
            claims.put(claim, value);
        }
        all.put(name(claim, value), enterprise.key().sign(Enterprise.IDENTITY, claims));
    }

    private void header(Map<String, String> all, String member, @Nullable Object value) {
        Map<String, Object> header = headers();
        if (value == null) {
            header.remove(member);
        } else {
            header.put(member, value);
        }
        all.put(name("header " + member, value), enterprise.key().sign(header, body(good())));
    }

    private static String name(String member, @Nullable Object value) {
        String text = value instanceof String shown ? "'" + shown + "'" : String.valueOf(value);
        return member + " = " + text.substring(0, Math.min(text.length(), 60));
    }

    private Map<String, Object> good() {
        return Enterprise.claims("alice", client, issuer, Map.of("resource", server));
    }

    private static Map<String, Object> headers() {
        return new HashMap<>(Map.of("alg", "RS256", "kid", "test-key", "typ", Enterprise.IDENTITY));
    }

    private static String body(Map<String, Object> claims) {
        return Json.tree(claims).toString();
    }

    private static String base64(String text) {
        return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
