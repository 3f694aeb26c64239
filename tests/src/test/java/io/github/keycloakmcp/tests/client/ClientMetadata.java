package io.github.keycloakmcp.tests.client;

import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.server.Json;

/**
 * What a client asks to be (RFC 7591 section 2). Starts as most MCP clients do: public, code and refresh token, one
 * loopback redirect URI, no scope.
 *
 * @param json the document so far
 */
public record ClientMetadata(ObjectNode json) {

    /** The redirect URI of a client that gives no other. */
    public static final String LOOPBACK = "http://127.0.0.1:33418/callback";

    /** A typical client of the given name. */
    public static ClientMetadata named(String name) {
        return new ClientMetadata(Json.object())
                .with("client_name", name)
                .with("redirect_uris", List.of(LOOPBACK))
                .with("grant_types", List.of("authorization_code", "refresh_token"))
                .with("response_types", List.of("code"))
                .with("token_endpoint_auth_method", "none");
    }

    /** A typical client that no other test has registered, so that it is one of its own; the name starts as given. */
    public static ClientMetadata unique(String name) {
        return named(name + " " + UUID.randomUUID());
    }

    /** The same with other redirect URIs. */
    public ClientMetadata redirects(String... uris) {
        return with("redirect_uris", List.of(uris));
    }

    /** The same asking for scopes. */
    public ClientMetadata scope(String scope) {
        return with("scope", scope);
    }

    /** The same as a confidential client with a secret. */
    public ClientMetadata confidential() {
        return with("token_endpoint_auth_method", "client_secret_basic");
    }

    /** The same with a member set to a text, a number, a list or a map. */
    public ClientMetadata with(String member, Object value) {
        ObjectNode copy = json.deepCopy();
        copy.set(member, Json.tree(value));
        return new ClientMetadata(copy);
    }

    /** The same without a member. */
    public ClientMetadata without(String member) {
        ObjectNode copy = json.deepCopy();
        copy.remove(member);
        return new ClientMetadata(copy);
    }
}
