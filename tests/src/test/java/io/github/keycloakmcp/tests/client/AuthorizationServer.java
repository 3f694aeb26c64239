package io.github.keycloakmcp.tests.client;

import java.net.URI;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.server.Json;

/**
 * Authorization server metadata (RFC 8414) as an MCP client reads it.
 *
 * @param metadata the document
 */
public record AuthorizationServer(JsonNode metadata) {

    /**
     * Discovers by the location that RFC 8414 section 3.1 names first: the well-known part between host and issuer path.
     * As strict as an MCP client must be: the issuer has to be the one asked for, and PKCE with S256 has to be offered.
     */
    public static AuthorizationServer discover(Http http, URI issuer) {
        HttpReply reply = http.get(issuer.resolve("/.well-known/oauth-authorization-server" + issuer.getRawPath()));
        reply.expect(200);
        AuthorizationServer server = new AuthorizationServer(reply.json());
        if (!server.issuer().equals(issuer)) {
            throw new AssertionError("metadata of " + issuer + " names the issuer " + server.issuer());
        }
        if (!server.list("code_challenge_methods_supported").contains("S256")) {
            throw new AssertionError("no S256 offered by " + issuer);
        }
        return server;
    }

    /** Who issues. */
    public URI issuer() {
        return endpoint("issuer");
    }

    /** Where the browser goes. */
    public URI authorizationEndpoint() {
        return endpoint("authorization_endpoint");
    }

    /** Where codes become tokens. */
    public URI tokenEndpoint() {
        return endpoint("token_endpoint");
    }

    /** Where clients register (RFC 7591). */
    public URI registrationEndpoint() {
        return endpoint("registration_endpoint");
    }

    /** Any endpoint by its metadata name. */
    public URI endpoint(String name) {
        String text = metadata.path(name).textValue();
        if (text == null) {
            throw new AssertionError("no " + name + " in the metadata");
        }
        return URI.create(text);
    }

    /** A member that is a list of texts. */
    public List<String> list(String name) {
        return Json.texts(metadata.path(name));
    }
}
