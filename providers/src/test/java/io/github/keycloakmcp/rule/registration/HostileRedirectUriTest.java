package io.github.keycloakmcp.rule.registration;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

import static io.github.keycloakmcp.rule.Verdicts.assertRefused;

/** Redirect URIs that name somebody else, on a server that trusts vscode.dev, *.apps.example and cursor, with every setting. */
class HostileRedirectUriTest {

    private static final String HOST = "is not trusted by this realm";
    private static final String HOST_NAME = "plain host name";
    private static final String HTTP = "http is allowed for loopback addresses only";
    private static final String SCHEME = "is not allowed by this realm";
    private static final String PORT = "port of the URI must be 0 to 65535";
    private static final String USER = "must not contain a user name or an empty port";

    static final List<Arguments> ELSEWHERE = refused(
            HOST,
            "https://evil.example/cb",
            "https://vscode.dev.evil.example/cb",
            "https://evil.example/vscode.dev",
            "https://evil.example/?vscode.dev",
            "https://evilvscode.dev/cb",
            "https://sub.vscode.dev/cb",
            "https://vscode.dev:8443/cb",
            "https://vscode.dev:80/cb",
            "https://vscode.dev:0/cb",
            "https://vscode.dev:4430/cb",
            "https://apps.example/cb",
            "https://evilapps.example/cb",
            "https://x.apps.example.evil.example/cb",
            "https://x.apps.example:8443/cb",
            "https://xn--vscde-jua.dev/cb",
            "https://127.0.0.1/cb",
            "https://2130706433/cb",
            "https://0x7f000001/cb",
            "https://localhost/cb");

    static final List<Arguments> NOT_A_HOST_NAME = refused(
            HOST_NAME,
            "https://vscode.dev./cb",
            "https://x.apps.example./cb",
            "https://vscode.dev%2eevil.example/cb",
            "https://vscode.dev%00.evil.example/cb",
            "https://vscode.dev%2f.evil.example/cb",
            "https://vscode.dev%5c.evil.example/cb",
            "https://vscode_dev/cb",
            "https://-vscode.dev/cb",
            "https://.apps.example/cb",
            "https://x..apps.example/cb",
            "https://vscode.dev,evil.example/cb",
            "https://vscode.dev;evil.example/cb",
            "https://vscode.dev&evil.example/cb",
            "https://vscode.dev:port/cb",
            "https://vscode.dev:-1/cb",
            "https://vscode.dev:443:443/cb",
            "https:///vscode.dev/cb",
            "https:/vscode.dev/cb",
            "https://[::1]/cb",
            "https://[::ffff:192.0.2.1]/cb",
            "https://[2001:db8::1]:443/cb",
            "http://0x7f.1/cb",
            "http://127.1/cb",
            "http:/localhost/cb",
            "http:///localhost/cb");

    static final List<Arguments> NOT_THIS_COMPUTER = refused(
            HTTP,
            "http://vscode.dev/cb",
            "HTTP://VSCODE.DEV/cb",
            "http://localhost.evil.example/cb",
            "http://evil.localhost/cb",
            "http://localhost./cb",
            "http://localhost.localdomain/cb",
            "http://127.0.0.1.evil.example/cb",
            "http://0177.0.0.1/cb",
            "http://0x7f000001/cb",
            "http://2130706433/cb",
            "http://017700000001/cb",
            "http://127.0.0.01/cb",
            "http://0.0.0.0/cb",
            "http://10.0.0.1/cb",
            "http://169.254.169.254/latest/meta-data",
            "http://[::]/cb",
            "http://[::2]/cb",
            "http://[0:0:0:0:0:0:0:1]/cb",
            "http://[::ffff:127.0.0.1]/cb",
            "http://[::ffff:7f00:1]/cb",
            "http://[fe80::1]/cb");

    static final List<Arguments> PORTS = refused(
            PORT,
            "https://vscode.dev:443443/cb",
            "https://vscode.dev:65979/cb",
            "https://vscode.dev:0443/cb",
            "https://x.apps.example:00443/cb",
            "http://localhost:65536/cb",
            "http://localhost:080/cb",
            "cursor://host:65536/cb");

    static final List<Arguments> USERS = refused(
            USER,
            "https://alice@vscode.dev/cb",
            "https://alice:secret@vscode.dev/cb",
            "https://vscode.dev@evil.example/cb",
            "https://vscode.dev:443@evil.example/cb",
            "https://vscode.dev%2f@evil.example/cb",
            "https://@vscode.dev/cb",
            "https://:@vscode.dev/cb",
            "https://a@b@vscode.dev/cb",
            "https://vscode.dev:/cb",
            "http://localhost:/cb",
            "http://localhost@evil.example/cb",
            "http://localhost:80@evil.example/cb",
            "cursor://user@host/cb");

    static final List<Arguments> FORBIDDEN_SCHEMES = refused(
            SCHEME,
            "javascript://vscode.dev/%20alert(1)",
            "JavaScript://vscode.dev/alert(1)",
            "vbscript://vscode.dev/x",
            "data://text/html",
            "file:///etc/passwd",
            "file://vscode.dev/cb",
            "FILE:/etc/passwd",
            "ftp://vscode.dev/cb",
            "ws://localhost/cb",
            "wss://vscode.dev/cb",
            "view-source://vscode.dev/cb",
            "intent://vscode.dev/cb",
            "blob://vscode.dev/cb",
            "httpss://vscode.dev/cb",
            "cursor2://host/cb",
            "xcursor://host/cb",
            "vscode://host/cb");

    @ParameterizedTest
    @FieldSource({"ELSEWHERE", "NOT_A_HOST_NAME", "NOT_THIS_COMPUTER", "PORTS", "USERS", "FORBIDDEN_SCHEMES"})
    void refusesARedirectUriThatLeadsAstray(String problem, String uri) {
        for (RedirectSettings settings : RedirectSettings.values()) {
            assertRefused(settings.rule().judge(uri), "invalid_redirect_uri", problem);
        }
    }

    private static List<Arguments> refused(String problem, String... uris) {
        return Stream.of(uris).map(uri -> Arguments.of(problem, uri)).toList();
    }
}
