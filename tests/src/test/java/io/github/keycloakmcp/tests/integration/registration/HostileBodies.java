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
                body("true", "true"),
                body("two objects in a list", "[{}, {}]"),
                body("single quotes", "{'client_name': 'Hostile'}"),
                body("no quotes", "{client_name: \"Hostile\"}"),
                body("a comment", "{/* x */" + GOOD + "}"),
                body("a comma too many", "{" + GOOD + ",}"),
                body("a colon too few", "{\"client_name\" \"Hostile\"}"),
                body("a byte order mark inside", "{" + GOOD + "\ufeff}"),
                body("a line break in a text", "{" + GOOD.replace("Hostile", "Hos\ntile") + "}"),
                body("NUL in a text", "{" + GOOD.replace("Hostile", "Hos\u0000tile") + "}"),
                body("an unknown escape", "{" + GOOD.replace("Hostile", "\\x41") + "}"),
                body("no number", "{" + GOOD + ", \"x\": NaN}"),
                body("an infinite number", "{" + GOOD + ", \"x\": Infinity}"),
                body("a number with 20,000 digits", "{" + GOOD + ", \"x\": " + "9".repeat(20_000) + "}"),
                body("a member name with 60,000 characters", "{" + GOOD + ", \"" + "x".repeat(60_000) + "\": 1}"),
                body("an unknown member twice", "{" + GOOD + ", \"x\": 1, \"x\": 2}"),
                body("a member twice, once escaped", "{" + GOOD + ", \"client_n\\u0061me\": \"Other\"}"),
                body("a member twice further inside", "{" + GOOD + ", \"jwks\": {\"keys\": [], \"keys\": [{}]}}"),
                body("1 MB of blanks", " ".repeat(1_000_000) + "{" + GOOD + "}").answered(413),
                body("1 MB of redirect URIs", uris(50_000)).answered(413),
                body("2,000 redirect URIs", uris(2_000)).because("invalid_redirect_uri"),
                body("members in other letters", "{\"Redirect_URIs\": [\"http://127.0.0.1/cb\"]}")
                        .because("invalid_redirect_uri"),
                body("members of Keycloak's own representation", "{\"redirectUris\": [\"http://127.0.0.1/cb\"]}")
                        .because("invalid_redirect_uri"),
                body("an empty object", "{}").because("invalid_redirect_uri"),
                body("redirect URIs are null", "{\"redirect_uris\": null}").because("invalid_redirect_uri"),
                body("a null among redirect URIs only", "{\"redirect_uris\": [null]}")
                        .because("invalid_redirect_uri"));
    }

    private static String uris(int number) {
        return "{\"redirect_uris\": [" + "\"http://127.0.0.1/\",".repeat(number) + "\"http://127.0.0.1/cb\"]}";
    }
}
