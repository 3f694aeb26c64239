package io.github.keycloakmcp.tests.integration.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.sun.net.httpserver.HttpServer;
import io.github.keycloakmcp.tests.server.Json;

/** The key of an agent that authenticates with {@code private_key_jwt} (RFC 7523), and the JWK Set where it is read. */
final class AgentKey implements AutoCloseable {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final KeyPair pair;
    private final HttpServer server;

    AgentKey() {
        try {
            this.pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
        byte[] keys = set().getBytes(StandardCharsets.UTF_8);
        server.createContext("/jwks.json", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        server.start();
    }

    String jwksUri() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/jwks.json";
    }

    /** Says who the client is, for half a minute. */
    String assertion(String clientId, String audience) {
        long now = Instant.now().getEpochSecond();
        String id = UUID.randomUUID().toString();
        String signed = encode(Map.of("alg", "RS256", "kid", "agent")) + "."
                + encode(Map.of(
                        "iss", clientId, "sub", clientId, "aud", audience, "jti", id, "iat", now, "exp", now + 30));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(pair.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private String set() {
        RSAPublicKey open = (RSAPublicKey) pair.getPublic();
        String modulus = BASE64.encodeToString(open.getModulus().toByteArray());
        String exponent = BASE64.encodeToString(open.getPublicExponent().toByteArray());
        Map<String, String> key =
                Map.of("kty", "RSA", "kid", "agent", "use", "sig", "alg", "RS256", "n", modulus, "e", exponent);
        return Json.tree(Map.of("keys", List.of(key))).toString();
    }

    private static String encode(Object json) {
        return BASE64.encodeToString(Json.tree(json).toString().getBytes(StandardCharsets.UTF_8));
    }
}
