package io.github.keycloakmcp.tests.client;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** How a client proves to the server who it is (RFC 6749 section 2.3). */
@FunctionalInterface
interface ClientAuthentication {

    /** A public client only says who it is. */
    ClientAuthentication NONE =
            (http, server, endpoint, clientId, form) -> http.post(endpoint, form.with("client_id", clientId));

    /** Posts a form as this client. */
    HttpReply post(Http http, AuthorizationServer server, URI endpoint, String clientId, Form form);

    /** A shared secret in the header. */
    static ClientAuthentication secret(String secret) {
        return (http, server, endpoint, clientId, form) -> {
            String pair = Form.of(clientId, secret).encoded().replace('=', ':');
            String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
            return http.with("Authorization", "Basic " + basic).post(endpoint, form);
        };
    }

    /** A statement signed with the client's own key ({@code private_key_jwt}, RFC 7523 section 2.2). */
    static ClientAuthentication privateKey(SigningKey key) {
        return (http, server, endpoint, clientId, form) -> {
            Map<String, Object> claims = new HashMap<>(Map.of("iss", clientId, "sub", clientId, "jti", Pkce.random()));
            claims.put("aud", server.issuer().toString());
            claims.put("iat", Instant.now().getEpochSecond());
            claims.put("exp", Instant.now().plusSeconds(60).getEpochSecond());
            return http.post(
                    endpoint,
                    form.with("client_id", clientId)
                            .with("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                            .with("client_assertion", key.sign("JWT", claims)));
        };
    }
}
