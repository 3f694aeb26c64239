package io.github.keycloakmcp.tests.integration.registration;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.server.Json;

/**
 * A registration that has to be refused.
 *
 * @param name what is wrong with it
 * @param body what is sent
 * @param error the OAuth error
 * @param status the HTTP status
 */
record Hostile(String name, String body, String error, int status) {

    Hostile(String name, String body, String error) {
        this(name, body, error, 400);
    }

    /** A client that is fine but for one redirect URI among good ones. */
    static Hostile redirect(String name, String uri) {
        ClientMetadata metadata = ClientMetadata.named("Hostile").redirects(ClientMetadata.LOOPBACK, uri);
        return new Hostile("redirect URI: " + name, metadata.json().toString(), "invalid_redirect_uri");
    }

    /** Clients that are fine but for one redirect URI each, all with the same trick. */
    static Stream<Hostile> trick(String trick, String... uris) {
        return Arrays.stream(uris).map(uri -> redirect(trick + " in " + visible(uri), uri));
    }

    /** The text as a test report can show it. */
    static String visible(String text) {
        return text.chars()
                .mapToObj(c -> c > 0x20 && c < 0x7f ? Character.toString(c) : "{%x}".formatted(c))
                .collect(Collectors.joining());
    }

    /** A client that is fine but for one member. */
    static Hostile member(String member, String name, Object value) {
        ClientMetadata metadata = ClientMetadata.named("Hostile").with(member, value);
        return new Hostile(member + ": " + name, metadata.json().toString(), "invalid_client_metadata");
    }

    /** A body that is no client at all. */
    static Hostile body(String name, String body) {
        return new Hostile("body: " + name, body, "invalid_client_metadata");
    }

    /** The same with another error. */
    Hostile because(String other) {
        return new Hostile(name, body, other, status);
    }

    /** The same without a member that the typical client has. */
    Hostile without(String member) {
        return new Hostile(name, Json.parseObject(body).without(member).toString(), error, status);
    }

    /** The same with another status. */
    Hostile answered(int other) {
        return new Hostile(name, body, error, other);
    }

    /** What is tried; rows with the same trick differ in where it is tried. */
    String trick() {
        return name.replaceFirst(" in \\S+$", "");
    }

    /** Names the row of a parameterized test. */
    @Override
    public String toString() {
        return name;
    }
}
