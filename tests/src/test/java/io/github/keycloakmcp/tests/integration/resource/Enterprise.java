package io.github.keycloakmcp.tests.integration.resource;

import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.client.Pkce;
import io.github.keycloakmcp.tests.client.SigningKey;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.McpRealm;

/**
 * An identity provider that says which MCP server its user may use: the issuer of identity assertions in the
 * enterprise-managed authorization of MCP.
 *
 * @param key what it signs with; the realm knows the public part
 */
record Enterprise(SigningKey key) {

    /** Its name in the realm. */
    static final String ALIAS = "enterprise";

    /** The type of an identity assertion. */
    static final String IDENTITY = "oauth-id-jag+jwt";

    /** The iss of its assertions. */
    static final String ISSUER = "https://idp.enterprise.example";

    /** Sets whether the realm accepts one assertion twice. */
    static void allowReuse(McpRealm realm, boolean allowed) {
        String path = "/identity-provider/instances/" + ALIAS;
        ObjectNode provider = realm.read(path).deepCopy();
        ((ObjectNode) provider.path("config"))
                .put("jwtAuthorizationGrantAssertionReuseAllowed", Boolean.toString(allowed));
        AdminApi.succeeded("PUT", path, realm.put(path, provider.toString()));
    }

    /** Makes it an identity provider of the realm that knows this user by the same name. */
    static Enterprise trustedBy(McpRealm realm, String user) {
        SigningKey key = SigningKey.generate();
        String providers = "/identity-provider/instances";
        AdminApi.succeeded(
                "POST", providers, realm.post(providers, """
                        {"alias": "%s", "providerId": "jwt-authorization-grant", "enabled": true,
                         "config": {"issuer": "%s", "useJwksUrl": "false", "publicKeySignatureVerifier": %s,
                           "jwtAuthorizationGrantEnabled": "true"}}
                        """.formatted(ALIAS, ISSUER, Json.tree(key.jwks()))));
        String link = "/users/" + realm.userId(user) + "/federated-identity/" + ALIAS;
        AdminApi.succeeded("POST", link, realm.post(link, """
                        {"identityProvider": "%s", "userId": "%s", "userName": "%s"}
                        """.formatted(ALIAS, user, user)));
        return new Enterprise(key);
    }

    /** An identity assertion about a user for a client, with more claims. */
    String vouch(String user, String clientId, URI authorizationServer, Map<String, Object> more) {
        return key.sign(IDENTITY, claims(user, clientId, authorizationServer, more));
    }

    /** The claims of an identity assertion; a claim that is null is left out. */
    static Map<String, Object> claims(String user, String clientId, URI authorizationServer, Map<String, Object> more) {
        Map<String, Object> claims = new HashMap<>(Map.of("iss", ISSUER, "sub", user, "client_id", clientId));
        claims.put("aud", authorizationServer.toString());
        claims.put("jti", Pkce.random());
        claims.put("iat", Instant.now().getEpochSecond());
        claims.put("exp", Instant.now().plusSeconds(60).getEpochSecond());
        claims.putAll(more);
        claims.values().removeIf(Objects::isNull);
        return claims;
    }
}
