package io.github.keycloakmcp.tests.integration.registration;

import java.util.stream.Stream;

import static io.github.keycloakmcp.tests.integration.registration.Hostile.body;

/** Bodies that are no JSON object, or one that two parsers would read differently. */
final class HostileBodies {

    private static final String GOOD = "\"redirect_uris\": [\"http://127.0.0.1/cb\"], \"client_name\": \"Hostile\"";
    private static final String DEEP = "[".repeat(5_000) + "]".repeat(5_000);

    private HostileBodies() {}

    static Stream<Hostile> rows() {
        return Stream.of(
                body("an array", "[]"),
                body("an array of clients", "[{" + GOOD + "}]"),
                body("a text", "\"client\""),
                body("a number", "5"),
                body("null", "null"),
                body("nothing", ""),
                body("blanks", "  \n"),
                body("no JSON", "client_name=Hostile"),
                body("half an object", "{" + GOOD),
                body("something after the object", "{" + GOOD + "} {}"),
                body("a member twice", "{\"redirect_uris\": [\"https://evil.example/cb\"], " + GOOD + "}"),
                body("half a character in the name", "{" + GOOD.replace("Hostile", "\\ud83d") + "}"),
                body("5,000 levels", DEEP),
                body("5,000 levels in an unknown member", "{" + GOOD + ", \"x\": " + DEEP + "}"),
                body("5,000 levels in a known member", "{\"redirect_uris\": " + DEEP + "}"),
                body("1 MB in an unknown member", "{" + GOOD + ", \"x\": \"" + "x".repeat(1_000_000) + "\"}")
                        .answered(413),
                body("an empty object", "{}").because("invalid_redirect_uri"),
                body("redirect URIs are null", "{\"redirect_uris\": null}").because("invalid_redirect_uri"),
                body("a null among redirect URIs only", "{\"redirect_uris\": [null]}")
                        .because("invalid_redirect_uri"));
    }
}
