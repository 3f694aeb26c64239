package io.github.keycloakmcp.tests.integration.registration;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.keycloakmcp.tests.client.ClientMetadata;

import static io.github.keycloakmcp.tests.integration.registration.Hostile.member;

/** Members other than a single redirect URI that ask for more than an MCP client may be, or make no sense. */
final class HostileMembers {

    private static final String GRANT = "urn:ietf:params:oauth:grant-type:";

    private HostileMembers() {}

    static Stream<Hostile> rows() {
        return Stream.of(grants(), texts(), names(), addresses(), keys(), types())
                .flatMap(rows -> rows);
    }

    private static Stream<Hostile> grants() {
        return Stream.of(
                grant("password", "password"),
                grant("client_credentials", "client_credentials"),
                grant("token exchange", GRANT + "token-exchange"),
                grant("JWT bearer", GRANT + "jwt-bearer"),
                grant("CIBA", "urn:openid:params:grant-type:ciba"),
                grant("UMA", GRANT + "uma-ticket"),
                member("grant_types", "implicit only", List.of("implicit")).without("response_types"),
                member("grant_types", "refresh_token only", List.of("refresh_token"))
                        .without("response_types"),
                member("grant_types", "client_credentials only", List.of("client_credentials")),
                member("grant_types", "everything", List.of("authorization_code", "password", "client_credentials")),
                member("grant_types", "device code only", List.of(GRANT + "device_code"))
                        .without("response_types"),
                member("response_types", "token", List.of("token")),
                member("response_types", "id_token", List.of("id_token")),
                member("response_types", "id_token token", List.of("id_token token")),
                member("response_types", "unknown", List.of("magic")),
                member("response_types", "empty text", List.of("")),
                member("token_endpoint_auth_method", "unknown", "magic"),
                member("token_endpoint_auth_method", "private_key_jwt without a key", "private_key_jwt"));
    }

    private static Hostile grant(String name, String grant) {
        return member("grant_types", name, List.of("authorization_code", grant));
    }

    private static Stream<Hostile> texts() {
        String[] many =
                IntStream.range(0, 21).mapToObj(i -> "http://127.0.0.1/" + i).toArray(String[]::new);
        return Stream.of(
                member("client_name", "256 characters", "x".repeat(256)),
                member("client_name", "a right-to-left override", "Cl\u202eedua"),
                member("client_name", "a zero-width space", "Cl\u200baude"),
                member("client_name", "a line break", "Claude\nverified"),
                member("client_name", "NUL", "Claude\u0000"),
                member("client_name", "1 MB", "x".repeat(1_000_000)).answered(413),
                member("redirect_uris", "21", List.of(many)).because("invalid_redirect_uri"),
                member("redirect_uris", "none", List.of()).because("invalid_redirect_uri"),
                member("redirect_uris", "an empty one", List.of("")).because("invalid_redirect_uri"));
    }

    /** Names of known clients, whose codes would go to another vendor's web site: a trusted one, so that only the name is wrong. */
    private static Stream<Hostile> names() {
        Stream<String> names = Stream.of(
                "Claude",
                "claude",
                "CLAUDE",
                "C l a u d e",
                "Claude (official)",
                "[Claude]",
                "C1aude",
                "CIaude",
                "\u0421laude",
                "Cl\u0430ud\u0435",
                "Cla\u00fcde",
                "\uff23\uff4c\uff41\uff55\uff44\uff45",
                "\ud835\udc02laude",
                "Claude Code",
                "Claude Code (demo)",
                "Anthropic Claude",
                "ChatGPT",
                "ChatGP\u03a4",
                "Chat GPT",
                "OpenAI ChatGPT",
                "Cursor",
                "Curs\u043er",
                "Codex",
                "C0dex",
                "Zed",
                "OpenCode");
        return names.map(name -> new Hostile(
                "client_name of somebody else: " + Hostile.visible(name),
                ClientMetadata.named(name)
                        .redirects("https://vscode.dev/redirect")
                        .json()
                        .toString(),
                "invalid_client_metadata"));
    }

    private static Stream<Hostile> addresses() {
        return Stream.of(
                member("jwks_uri", "inside the network", "http://169.254.169.254/latest"),
                member("jwks_uri", "this computer", "http://127.0.0.1:8080/"),
                member("jwks_uri", "a host nobody trusts", "https://evil.example/keys"),
                member("jwks_uri", "a file", "file:///etc/passwd"),
                member("logo_uri", "script", "javascript:alert(1)"),
                member("logo_uri", "a picture in the URI", "data:image/svg+xml,x"),
                member("client_uri", "script", "javascript:alert(1)"),
                member("client_uri", "plain http", "http://evil.example/"),
                member("client_uri", "256 characters", "https://example.com/" + "a".repeat(236)),
                member("policy_uri", "script", "javascript:alert(1)"),
                member("tos_uri", "a listed private-use scheme", "cursor://x/y"),
                member("post_logout_redirect_uris", "a host nobody trusts", List.of("https://evil.example/"))
                        .because("invalid_redirect_uri"),
                member("post_logout_redirect_uris", "anything", List.of("*")).because("invalid_redirect_uri"));
    }

    private static Stream<Hostile> keys() {
        return Stream.of(
                member("jwks", "no keys", Map.of()),
                member(
                        "jwks",
                        "a null key",
                        Map.of("keys", Stream.of((Object) null).toList())),
                member("jwks", "half a key", Map.of("keys", List.of(Map.of("kty", "RSA", "use", "sig")))),
                member(
                        "jwks",
                        "a key that is no number",
                        Map.of("keys", List.of(Map.of("kty", "RSA", "use", "sig", "n", "!", "e", "A")))),
                member("jwks", "a text", "keys"));
    }

    /** Every member that is read, with a JSON type that it cannot have. */
    private static Stream<Hostile> types() {
        Stream<String> texts = Stream.of(
                "client_name",
                "client_uri",
                "logo_uri",
                "policy_uri",
                "tos_uri",
                "jwks_uri",
                "scope",
                "token_endpoint_auth_method",
                "application_type",
                "software_id");
        Stream<String> lists =
                Stream.of("redirect_uris", "grant_types", "response_types", "contacts", "post_logout_redirect_uris");
        return Stream.concat(
                texts.flatMap(name -> Stream.of(
                        member(name, "an object", Map.of("a", 1)),
                        member(name, "a list", List.of("a")),
                        member(name, "a number", 5),
                        member(name, "true", true))),
                lists.flatMap(name -> Stream.of(
                        member(name, "a text", "http://127.0.0.1/cb"),
                        member(name, "a number", 5),
                        member(name, "a list of objects", List.of(Map.of())),
                        member(name, "a list of lists", List.of(List.of("http://127.0.0.1/cb"))),
                        member(name, "a list of numbers", List.of(5)))));
    }
}
