package io.github.keycloakmcp.tests.integration.registration;

import java.util.stream.Stream;

import static io.github.keycloakmcp.tests.integration.registration.Hostile.trick;

/** Redirect URIs that programs read differently behind the host, or that have none, by the trick they use. */
final class HostileSpellings {

    private HostileSpellings() {}

    static Stream<Hostile> rows() {
        return Stream.of(paths(), schemes(), characters()).flatMap(rows -> rows);
    }

    private static Stream<Hostile> paths() {
        return Stream.of(
                        trick(
                                "dot segments",
                                "http://127.0.0.1/../cb",
                                "http://127.0.0.1/./cb",
                                "http://127.0.0.1/a/..",
                                "http://127.0.0.1/a/.",
                                "http://127.0.0.1/.",
                                "http://127.0.0.1/%2e./cb",
                                "http://127.0.0.1/.%2E/cb",
                                "http://127.0.0.1/a/../../cb",
                                "cursor://anysphere.cursor-mcp/../cb"),
                        trick(
                                "a percent sign",
                                "http://127.0.0.1/a%2Fb",
                                "http://127.0.0.1/%5c..",
                                "http://127.0.0.1/%0A",
                                "http://127.0.0.1/%0d",
                                "http://127.0.0.1/%09x",
                                "http://127.0.0.1/%1b",
                                "http://127.0.0.1/%7f",
                                "http://127.0.0.1/%",
                                "http://127.0.0.1/%2",
                                "http://127.0.0.1/%GG"),
                        trick(
                                "a wildcard",
                                "http://127.0.0.1/*",
                                "http://127.0.0.1:*/cb",
                                "http://127.0.0.1*",
                                "http://*/cb",
                                "*://127.0.0.1/",
                                "https://claude.ai*",
                                "https://claude.ai/**",
                                "/*",
                                "+",
                                "-",
                                "${authBaseUrl}/cb"))
                .flatMap(rows -> rows);
    }

    private static Stream<Hostile> schemes() {
        return trick(
                "a scheme",
                "vbscript:x",
                "blob:https://claude.ai/x",
                "filesystem:http://localhost/x",
                "view-source:http://localhost/",
                "about:blank",
                "chrome://settings",
                "ftp://localhost/cb",
                "ws://localhost/cb",
                "wss://claude.ai/cb",
                "mailto:a@b.example",
                "tel:1",
                "intent://localhost/#Intent;end",
                "jar:file:///x!/",
                "resource://x/",
                "httpx://localhost/cb",
                "http+unix://localhost/cb",
                "localhost://cb",
                "ldap://localhost/",
                "gopher://localhost/",
                "smb://localhost/x",
                "ms-msdt:/x",
                "cursor-dev://x/cb",
                "cursor.evil://x/cb",
                "-cursor://x/cb",
                "1cursor://x/cb",
                "cur sor://x/cb",
                "://claude.ai/cb",
                ":",
                "?",
                "#",
                "//",
                "/",
                "///");
    }

    private static Stream<Hostile> characters() {
        return trick(
                "a character",
                "http://127.0.0.1/\u2028",
                "http://127.0.0.1/\u0085",
                "http://127.0.0.1/\u00a0",
                "http://127.0.0.1/\ufeff",
                "\ufeffhttp://127.0.0.1/",
                "http://127.0.0.1\u0000.evil.example/",
                "http://127.0.0.1/\t",
                "http://127.0.0.1/\u000b",
                " http://127.0.0.1/",
                "http://127.0.0.1/ ",
                "http://127.0.0.1\n/",
                "ht\ntp://127.0.0.1/",
                "http://127.0.0.1/\r",
                "http://127.0.0.1/<script>",
                "http://127.0.0.1/\"",
                "http://127.0.0.1/{x}",
                "http://127.0.0.1/|x",
                "http://127.0.0.1/^",
                "http://127.0.0.1/`",
                "http://127.0.0.1/\ud83d\ude00");
    }
}
