package io.github.keycloakmcp.tests.client;

import java.net.URI;
import java.util.List;
import java.util.Optional;

import io.github.keycloakmcp.tests.server.Json;

/**
 * The answer to a registration (RFC 7591 section 3.2) or to its management (RFC 7592).
 *
 * @param reply the answer as it came
 */
public record Registration(HttpReply reply) implements OAuthReply {

    /** The identifier given. */
    public String clientId() {
        return text("client_id").orElseThrow(() -> new AssertionError("no client_id: " + reply.body()));
    }

    /** The secret given, if the client is confidential. */
    public Optional<String> clientSecret() {
        return text("client_secret");
    }

    /** The effective scopes. */
    public List<String> scopes() {
        return text("scope").map(scope -> List.of(scope.split(" ", -1))).orElse(List.of());
    }

    /** The effective redirect URIs. */
    public List<String> redirectUris() {
        return Json.texts(json().path("redirect_uris"));
    }

    /** The effective grants. */
    public List<String> grantTypes() {
        return Json.texts(json().path("grant_types"));
    }

    /** Where the registration is managed. */
    public URI managementUri() {
        return URI.create(text("registration_client_uri")
                .orElseThrow(() -> new AssertionError("no registration_client_uri: " + reply.body())));
    }

    /** What manages the registration. */
    public String managementToken() {
        return text("registration_access_token")
                .orElseThrow(() -> new AssertionError("no registration_access_token: " + reply.body()));
    }

    private Optional<String> text(String member) {
        return Optional.ofNullable(json().path(member).textValue());
    }
}
