package io.github.keycloakmcp.tests.integration.registration;

import java.util.stream.Stream;

import static io.github.keycloakmcp.tests.integration.registration.Hostile.trick;

/** Redirect URIs whose host is a trusted one to one program and somebody else's to another, by the trick they use. */
final class HostileAuthorities {

    private HostileAuthorities() {}

    static Stream<Hostile> rows() {
        return Stream.of(people(), letters(), addresses()).flatMap(rows -> rows);
    }

    private static Stream<Hostile> people() {
        return Stream.of(
                        trick(
                                "a user",
                                "https://a:b@claude.ai/cb",
                                "https://@claude.ai/cb",
                                "https://:@claude.ai/cb",
                                "https://claude.ai%40evil.example/cb",
                                "https://claude.ai:443@evil.example/cb",
                                "https://a@b@claude.ai/cb",
                                "https://claude.ai%2f@evil.example/cb",
                                "https://claude.ai%23@evil.example/cb",
                                "http://@localhost/cb",
                                "http://127.0.0.1@evil.example/cb",
                                "http://localhost%00@evil.example/cb",
                                "http://[::1]@evil.example/cb",
                                "cursor://user@anysphere.cursor-mcp/cb"),
                        trick(
                                "a backslash",
                                "https:\\\\claude.ai/cb",
                                "https:/\\claude.ai/cb",
                                "https://evil.example\\claude.ai/cb",
                                "https://claude.ai\\.evil.example/cb",
                                "http://localhost\\@evil.example/cb",
                                "\\\\evil.example\\cb",
                                "https://claude.ai/..\\cb",
                                "http://127.0.0.1/cb\\"))
                .flatMap(rows -> rows);
    }

    private static Stream<Hostile> letters() {
        return Stream.of(
                        trick(
                                "another letter that looks alike",
                                "https://xn--clude-4ve.ai/cb",
                                "https://claude.\u0430i/cb",
                                "https://\uff43laude.ai/cb",
                                "https://\u217dlaude.ai/cb",
                                "https://claude\u3002ai/cb",
                                "https://claude\uff61ai/cb",
                                "https://claude\u00ad.ai/cb",
                                "https://claude\u200b.ai/cb",
                                "https://vscode.dev\u2215evil.example/cb",
                                "https://chatgp\u03c4.com/cb",
                                "http://l\u043ecalhost/cb",
                                "http://\u217cocalhost/cb",
                                "http://localhost\u2024evil.example/cb",
                                "http://\u2460\u2461\u2466.0.0.1/cb"),
                        trick(
                                "other letters",
                                "HTTPS://EVIL.example/cb",
                                "HtTp://evil.example/cb",
                                "HTTP://CLAUDE.AI/cb",
                                "JaVaScRiPt:alert(1)",
                                "JAVASCRIPT://localhost/x",
                                "Data:text/html,x",
                                "FILE:///etc/passwd",
                                "View-Source:https://claude.ai/"),
                        trick(
                                "encoded letters",
                                "https://%63laude.ai/cb",
                                "http://%6c%6f%63alhost/cb",
                                "http://127.0.0.1%2eevil.example/cb",
                                "%68ttps://claude.ai/cb",
                                "https%3a//claude.ai/cb"))
                .flatMap(rows -> rows);
    }

    private static Stream<Hostile> addresses() {
        return Stream.of(
                        trick(
                                "an IPv6 address",
                                "http://[0:0:0:0:0:0:0:1]/cb",
                                "http://[0000::1]/cb",
                                "http://[::1%25eth0]/cb",
                                "http://[::1%eth0]/cb",
                                "http://[::127.0.0.1]/cb",
                                "http://[::ffff:7f00:1]/cb",
                                "http://[fe80::1]/cb",
                                "http://[fc00::1]/cb",
                                "http://[::1].evil.example/cb",
                                "http://[::1/cb",
                                "http://::1/cb",
                                "http://[localhost]/cb",
                                "http://[]/cb",
                                "http://[v1.x]/cb",
                                "https://[::1]/cb",
                                "https://[2001:db8::1]/cb"),
                        trick(
                                "an IPv4 address",
                                "http://127/cb",
                                "http://127.0.1/cb",
                                "http://0x7f000001/cb",
                                "http://0x7F.1/cb",
                                "http://017700000001/cb",
                                "http://0177.1/cb",
                                "http://127.0.0.01/cb",
                                "http://127.0.0.256/cb",
                                "http://127.0.0.1.1/cb",
                                "http://126.255.255.255/cb",
                                "http://128.0.0.1/cb",
                                "http://192.168.0.1/cb",
                                "http://169.254.169.254/latest",
                                "http://0/cb",
                                "http://3232235777/cb",
                                "http://127.0.0.1.nip.io/cb",
                                "https://127.0.0.1/cb",
                                "https://2130706433/cb",
                                "https://0x7f.0.0.1/cb"),
                        trick(
                                "a port",
                                "http://localhost:-1/cb",
                                "http://localhost:+80/cb",
                                "http://localhost:8080:80/cb",
                                "http://localhost:65536/cb",
                                "http://localhost:99999999999/cb",
                                "http://localhost:00080/cb",
                                "http://localhost:0x50/cb",
                                "http://localhost:80a/cb",
                                "http://localhost:\uff18\uff10/cb",
                                "http://[::1]:/cb",
                                "http://[::1]:080/cb",
                                "http://[::1]:65536/cb",
                                "https://claude.ai:0443/cb",
                                "https://claude.ai:80/cb"),
                        trick(
                                "a dot",
                                "https://claude.ai../cb",
                                "https://www.cursor.com./agents/mcp/oauth/callback",
                                "https://.claude.ai/cb",
                                "https://claude..ai/cb",
                                "http://127.0.0.1./cb",
                                "http://[::1]./cb"))
                .flatMap(rows -> rows);
    }
}
