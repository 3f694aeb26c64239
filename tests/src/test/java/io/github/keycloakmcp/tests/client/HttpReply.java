package io.github.keycloakmcp.tests.client;

import java.net.URI;
import java.net.http.HttpHeaders;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.server.Json;

/**
 * A response, untouched.
 *
 * @param uri what was asked
 * @param statusCode the status
 * @param headers the response headers
 * @param body the body as text
 */
public record HttpReply(URI uri, int statusCode, HttpHeaders headers, String body) implements OAuthReply {

    @Override
    public HttpReply reply() {
        return this;
    }

    /** The body for failure messages: without tokens, which do not belong in a log, not even in that of a failed test. */
    public String bodyWithoutTokens() {
        return body.replaceAll("(\"[a-z_]*(token|secret|code)\"\\s*:\\s*\")[^\"]*", "$1...");
    }

    JsonNode bodyAsJson() {
        try {
            return Json.parse(body);
        } catch (IllegalArgumentException e) {
            throw new AssertionError(uri + " answered " + statusCode + " without JSON: " + bodyWithoutTokens(), e);
        }
    }
}
