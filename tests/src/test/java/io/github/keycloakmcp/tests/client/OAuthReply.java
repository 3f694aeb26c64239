package io.github.keycloakmcp.tests.client;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/** What an OAuth endpoint answered, with the members of an error answer (RFC 6749 section 5.2) at hand. */
public interface OAuthReply {

    /** The answer as it came. */
    HttpReply reply();

    /** The HTTP status. */
    default int status() {
        return reply().statusCode();
    }

    /** The body, which has to be JSON. */
    default JsonNode json() {
        return reply().bodyAsJson();
    }

    /** A response header. */
    default Optional<String> header(String name) {
        return reply().headers().firstValue(name);
    }

    /** The {@code error} member. */
    default Optional<String> error() {
        return Optional.ofNullable(json().path("error").textValue());
    }

    /** The {@code error_description} member. */
    default Optional<String> errorDescription() {
        return Optional.ofNullable(json().path("error_description").textValue());
    }

    /** Fails unless the status is the one given; the failure shows the body. */
    default void expect(int status) {
        if (status() != status) {
            throw new AssertionError(
                    "expected " + status + " but got " + status() + ": " + reply().bodyWithoutTokens());
        }
    }
}
