package io.github.keycloakmcp.example;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import com.nimbusds.jwt.JWTClaimsSet;
import io.modelcontextprotocol.common.McpTransportContext;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, as the access token says it. Travels from {@link AccessFilter} with the request and from there, by way of
 * the SDK's transport context, to the tools.
 *
 * @param clientId the claim {@code client_id} (RFC 9068), or {@code azp} where only that one is present
 */
record Caller(
        @Nullable String subject,
        @Nullable String username,
        @Nullable String clientId,
        List<String> audience,
        @Nullable String scope) {

    private static final String KEY = Caller.class.getName();

    static Caller of(JWTClaimsSet claims) {
        String clientId = text(claims, "client_id");
        return new Caller(
                claims.getSubject(),
                text(claims, "preferred_username"),
                clientId == null ? text(claims, "azp") : clientId,
                List.copyOf(claims.getAudience()),
                text(claims, "scope"));
    }

    static McpTransportContext contextOf(HttpServletRequest request) {
        return McpTransportContext.create(Map.of(KEY, Objects.requireNonNull(request.getAttribute(KEY))));
    }

    static Caller in(McpTransportContext context) {
        return (Caller) Objects.requireNonNull(context.get(KEY), "the filter lets no request without a caller pass");
    }

    void attachTo(HttpServletRequest request) {
        request.setAttribute(KEY, this);
    }

    /** The scopes of the token. */
    Set<String> scopes() {
        return scope == null ? Set.of() : Set.copyOf(List.of(scope.split(" ")));
    }

    /** The claims under their own names; absent ones are {@code null}. */
    Map<String, @Nullable Object> claims() {
        Map<String, @Nullable Object> claims = new LinkedHashMap<>();
        claims.put("sub", subject);
        claims.put("preferred_username", username);
        claims.put("client_id", clientId);
        claims.put("aud", audience);
        claims.put("scope", scope);
        return claims;
    }

    private static @Nullable String text(JWTClaimsSet claims, String name) {
        return claims.getClaim(name) instanceof String text ? text : null;
    }
}
