package io.github.keycloakmcp.tests.client;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The tokens of a successful answer.
 *
 * @param accessToken the access token
 * @param refreshToken the refresh token, if one was issued
 * @param access the claims of the access token
 * @param response the whole answer
 */
public record Tokens(String accessToken, Optional<String> refreshToken, Jwt access, JsonNode response) {

    static Tokens of(JsonNode response) {
        String token = response.path("access_token").textValue();
        if (token == null) {
            throw new AssertionError("no token in the answer");
        }
        Jwt access = Jwt.parse(token);
        String type = access.claims().at("/cnf/jkt").isTextual() ? "DPoP" : "Bearer";
        if (!response.path("token_type").asText().equalsIgnoreCase(type)) {
            throw new AssertionError("no " + type + " token in the answer");
        }
        return new Tokens(
                token, Optional.ofNullable(response.path("refresh_token").textValue()), access, response);
    }

    /** The audiences of the access token. */
    public List<String> audience() {
        return access.audience();
    }

    /** The scopes of the access token. */
    public List<String> scopes() {
        return access.scopes();
    }

    /** A claim of the access token as text. */
    public String claim(String name) {
        return access.text(name);
    }

    /** The refresh token, which has to be there. */
    public String refresh() {
        return refreshToken.orElseThrow(() -> new AssertionError("no refresh token"));
    }

    /** Keeps tokens out of failure messages. */
    @Override
    public String toString() {
        return "Tokens" + access.claims();
    }
}
