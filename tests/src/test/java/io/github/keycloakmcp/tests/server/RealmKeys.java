package io.github.keycloakmcp.tests.server;

import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Signing keys for the realms of tests, made once for a test run. A server that makes two of its own for each of a hundred
 * realms spends half of its time on that. Realms that are made one after the other have different ones, so that a token of
 * one never passes for a token of another by its signature alone.
 */
final class RealmKeys {

    private static final List<String> KEYS =
            Stream.generate(RealmKeys::make).limit(3).toList();
    private static final AtomicInteger NEXT = new AtomicInteger();

    private RealmKeys() {}

    /** Gives the realm the next key, unless it brings its own. */
    static void addTo(ObjectNode realm) {
        if (!realm.has("privateKey") && !realm.path("components").has("org.keycloak.keys.KeyProvider")) {
            realm.put("privateKey", KEYS.get(NEXT.getAndIncrement() % KEYS.size()));
        }
    }

    private static String make() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            String key = Base64.getEncoder()
                    .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
            return "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has RSA", e);
        }
    }
}
