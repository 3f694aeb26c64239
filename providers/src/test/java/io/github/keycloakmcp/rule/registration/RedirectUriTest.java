package io.github.keycloakmcp.rule.registration;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.keycloakmcp.rule.Verdicts.assertRefused;
import static io.github.keycloakmcp.rule.Verdicts.decidedBy;
import static org.assertj.core.api.Assertions.assertThat;

/** What a well-formed redirect URI is read as. */
class RedirectUriTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    https://vscode.dev/redirect             | HTTPS       | https     | vscode.dev
                    https://vscode.dev                      | HTTPS       | https     | vscode.dev
                    HTTPS://VSCode.DEV/redirect             | HTTPS       | https     | vscode.dev
                    https://vscode.dev:443/redirect         | HTTPS       | https     | vscode.dev:443
                    https://vscode.dev:8443/redirect        | HTTPS       | https     | vscode.dev:8443
                    https://vscode.dev/a%20b?c=%2F&d=e      | HTTPS       | https     | vscode.dev
                    https://vscode.dev/a..b/.well-known     | HTTPS       | https     | vscode.dev
                    https://xn--vsode-uqc.dev/redirect      | HTTPS       | https     | xn--vsode-uqc.dev
                    https://localhost:3000/cb               | HTTPS       | https     | localhost:3000
                    https://192.0.2.1/cb                    | HTTPS       | https     | 192.0.2.1
                    http://localhost/callback               | LOOPBACK    | http      | localhost
                    http://localhost:33418                  | LOOPBACK    | http      | localhost:33418
                    http://LOCALHOST:33418/                 | LOOPBACK    | http      | localhost:33418
                    http://127.0.0.1:6274/oauth/callback    | LOOPBACK    | http      | 127.0.0.1:6274
                    http://127.1.2.3/cb                     | LOOPBACK    | http      | 127.1.2.3
                    http://[::1]:6274/cb                    | LOOPBACK    | http      | [::1]:6274
                    cursor://anysphere.cursor-retrieval/cb  | PRIVATE_USE | cursor    | anysphere.cursor-retrieval
                    Cursor://Host/cb                        | PRIVATE_USE | cursor    | host
                    https://vscode.dev:65535/redirect       | HTTPS       | https     | vscode.dev:65535
                    http://localhost:65535                  | LOOPBACK    | http      | localhost:65535
                    cursor://host:65535/cb                  | PRIVATE_USE | cursor    | host:65535
                    cursor://host:1a/cb                     | PRIVATE_USE | cursor    | host:1a
                    cursor://[::1]/cb                       | PRIVATE_USE | cursor    | [::1]
                    com.example.app:/oauth                  | PRIVATE_USE | com.example.app |
                    com.example.app:///oauth                | PRIVATE_USE | com.example.app |
                    """)
    void knowsWhereACodeEndsUp(String value, RedirectUri.Kind kind, String scheme, String host) {
        RedirectUri uri = decidedBy(RedirectUri.parse(value));
        assertThat(uri).isEqualTo(new RedirectUri(value, kind, scheme, host == null ? "" : host));
    }

    @Test
    void acceptsAUriUpToTheLengthThatKeycloakStores() {
        String longest = "https://vscode.dev/" + "x".repeat(RedirectUri.MAX_LENGTH - 19);
        assertThat(decidedBy(RedirectUri.parse(longest)).value()).isEqualTo(longest);
        assertRefused(RedirectUri.parse(longest + "x"), "invalid_redirect_uri", "1 to 255 characters");
        assertRefused(RedirectUri.parse(""), "invalid_redirect_uri", "1 to 255 characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://vscode.dev:65536/cb",
                "https://vscode.dev:99999/cb",
                "https://vscode.dev:443443/cb",
                "https://vscode.dev:4294967739/cb",
                "https://vscode.dev:99999999999999999999/cb",
                "https://vscode.dev:0443/cb",
                "https://vscode.dev:00/cb",
                "http://localhost:65536/cb",
                "http://localhost:0080/cb",
                "http://127.0.0.1:00008080/cb",
                "http://127.0.0.1:65616",
                "http://[::1]:080/cb",
                "http://[::1]:65536?a=b",
                "cursor://host:65536/cb",
                "cursor://host:080/cb",
                "cursor://[::1]:080/cb",
                "cursor://not_a_host:65536/cb"
            })
    void refusesAPortThatIsNoneOrIsReadDifferently(String value) {
        assertRefused(RedirectUri.parse(value), "invalid_redirect_uri", "port of the URI must be 0 to 65535");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    http://localhost:33418/cb      | http://localhost/cb
                    http://localhost:33418         | http://localhost
                    http://localhost:33418?a=b:80  | http://localhost?a=b:80
                    http://LOCALHOST:80/cb         | http://LOCALHOST/cb
                    http://127.0.0.1:1/cb:2        | http://127.0.0.1/cb:2
                    http://[::1]:33418/cb          | http://[::1]/cb
                    """)
    void takesThePortOutOfALoopbackUri(String value, String withoutPort) {
        assertThat(decidedBy(RedirectUri.parse(value)).withoutPort()).isEqualTo(withoutPort);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost/cb",
                "http://localhost/a:80",
                "http://[::1]/cb",
                "https://vscode.dev:8443/cb",
                "https://localhost:8443/cb",
                "cursor://localhost:80/cb"
            })
    void leavesEveryOtherUriAsItIs(String value) {
        assertThat(decidedBy(RedirectUri.parse(value)).withoutPort()).isEqualTo(value);
    }

    @Test
    void onlyTwoThatDifferInCaseAreLookAlikes() {
        assertThat(RedirectUri.lookAlikes(List.of("https://a.example/Callback", "https://a.example/callback")))
                .hasValueSatisfying(refusal -> assertThat(refusal.error()).isEqualTo("invalid_redirect_uri"));
        assertThat(RedirectUri.lookAlikes(List.of("https://a.example/one", "https://a.example/two")))
                .isEmpty();
        assertThat(RedirectUri.lookAlikes(List.of("https://a.example/one", "https://a.example/one")))
                .isEmpty();
        assertThat(RedirectUri.lookAlikes(List.of())).isEmpty();
        assertThat(RedirectUri.lookAlikes(null)).isEmpty();
    }
}
