package io.github.keycloakmcp.example;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

/** A tiny authorization server: publishes its metadata and its key, and signs whatever claims a test wants. */
final class TestIssuer implements AutoCloseable {

    private final HttpServer http;
    private final ConcurrentMap<String, String> documents = new ConcurrentHashMap<>();
    private RSAKey key;

    private TestIssuer(HttpServer http) throws JOSEException {
        this.http = http;
        this.key = newKey("first");
    }

    /** Listens, but publishes nothing yet. */
    static TestIssuer silent() throws IOException, JOSEException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        TestIssuer issuer = new TestIssuer(http);
        http.createContext("/", exchange -> {
            byte[] body = issuer.documents
                    .getOrDefault(exchange.getRequestURI().getPath(), "")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(body.length == 0 ? 404 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        http.start();
        return issuer;
    }

    static TestIssuer publishing() throws IOException, JOSEException {
        TestIssuer issuer = silent();
        issuer.publish("/.well-known/oauth-authorization-server/realms/test");
        return issuer;
    }

    void publish(String metadataPath) {
        publish(metadataPath, url());
    }

    void publish(String metadataPath, String issuer) {
        documents.put(metadataPath, "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\"}".formatted(issuer, url()));
        documents.put("/realms/test/keys", new JWKSet(key.toPublicJWK()).toString());
    }

    void rotate() throws JOSEException {
        key = newKey("second");
        documents.put("/realms/test/keys", new JWKSet(key.toPublicJWK()).toString());
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/realms/test";
    }

    String token(Consumer<JWTClaimsSet.Builder> change) throws JOSEException {
        return token(key, JOSEObjectType.JWT, change);
    }

    /** A good token for {@link RunningServer#RESOURCE} unless the test changes its claims, its type or its key. */
    String token(RSAKey signer, @Nullable JOSEObjectType type, Consumer<JWTClaimsSet.Builder> change)
            throws JOSEException {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(url())
                .subject("7d0f")
                .audience(RunningServer.RESOURCE)
                .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                .claim("typ", "Bearer")
                .claim("azp", "some-client")
                .claim("preferred_username", "alice")
                .claim("scope", "profile mcp:tools");
        change.accept(claims);
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID(signer.getKeyID())
                .type(type)
                .build();
        SignedJWT token = new SignedJWT(header, claims.build());
        token.sign(new RSASSASigner(signer));
        return token.serialize();
    }

    RSAKey key() {
        return key;
    }

    static RSAKey newKey(String id) throws JOSEException {
        return new RSAKeyGenerator(2048).keyID(id).generate();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
