package io.github.keycloakmcp.tests.client;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.server.Json;

/**
 * The claims of a signed token, read without checking the signature: that is the work of the MCP server.
 *
 * @param claims the claims
 */
public record Jwt(JsonNode claims) {

    /** Reads a token in compact form. */
    public static Jwt parse(String compact) {
        List<String> parts = List.of(compact.split("\\.", -1));
        if (parts.size() != 3) {
            throw new AssertionError("not a signed token: " + parts.size() + " parts");
        }
        return new Jwt(Json.parse(new String(Base64.getUrlDecoder().decode(parts.get(1)), StandardCharsets.UTF_8)));
    }

    /** The audiences, whether written as a list, a text or not at all. */
    public List<String> audience() {
        return Json.texts(claims.path("aud"));
    }

    /** The scopes. */
    public List<String> scopes() {
        String scope = claims.path("scope").asText();
        return scope.isEmpty() ? List.of() : List.of(scope.split(" ", -1));
    }

    /** A claim as text, empty if it is not there. */
    public String text(String claim) {
        return claims.path(claim).asText();
    }
}
