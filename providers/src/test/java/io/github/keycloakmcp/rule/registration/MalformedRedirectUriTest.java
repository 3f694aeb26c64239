package io.github.keycloakmcp.rule.registration;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

import static io.github.keycloakmcp.rule.Verdicts.assertRefused;
import static io.github.keycloakmcp.rule.Verdicts.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;

/** Redirect URIs of which two programs may read two different things, with every setting. */
class MalformedRedirectUriTest {

    private static final String CHARACTERS = "wildcard, a fragment, white space or other special characters";
    private static final String OPAQUE = "must be absolute, with a path";
    private static final String PATH = "not contain dot segments or encoded separators";

    static final List<Arguments> SPECIAL_CHARACTERS = refused(
            CHARACTERS,
            "https://vscode.dev/*",
            "https://*.apps.example/cb",
            "https://*/cb",
            "http://localhost:*/cb",
            "http://localhost/*",
            "*",
            "https://vscode.dev/cb#",
            "https://vscode.dev/cb#fragment",
            "https://evil.example#.vscode.dev/",
            "https://vscode.dev\\@evil.example/cb",
            "https://vscode.dev\\.evil.example/cb",
            "https:\\\\evil.example\\cb",
            "https://evil.example\\vscode.dev/cb",
            " https://vscode.dev/cb",
            "https://vscode.dev/cb ",
            "https://vscode.dev/c b",
            "https://vscode.dev/cb\t",
            "https://vscode.dev/cb\n",
            "https://vscode.dev\r\nLocation:https://evil.example",
            "java\nscript:alert(1)",
            "https://vscode.dev/\u0000",
            "https://vscode.dev\u0000.evil.example/cb",
            "https://vscode.dev/\u007f",
            "https://vscode.dev/\u0085",
            "https://vscode.dev/\u202eevil",
            "https://vscode.dev/\u200b",
            "https://vsc\u043ede.dev/cb",
            "https://vscode\u3002dev/cb",
            "https://vscode.dev\u2044evil.example/cb",
            "https://\uff56scode.dev/cb",
            "https://vscode.dev/\ud83d\ude00",
            "https://vscode.dev/\ud800",
            "https://vscode.dev/\"onload=",
            "https://vscode.dev/<script>",
            "https://vscode.dev/`id`",
            "https://vscode.dev/{a}|b^",
            "data:text/html,<script>alert(1)</script>");

    static final List<Arguments> AMBIGUOUS_PATHS = refused(
            PATH,
            "https://vscode.dev/..",
            "https://vscode.dev/../evil",
            "https://vscode.dev/a/../../evil",
            "https://vscode.dev/./cb",
            "https://vscode.dev/cb/.",
            "https://vscode.dev/%2e%2e/evil",
            "https://vscode.dev/%2E./evil",
            "https://vscode.dev/.%2e/evil",
            "https://vscode.dev/a%2fb",
            "https://vscode.dev/a%2Fb",
            "https://vscode.dev/a%5cb",
            "https://vscode.dev/a%0d%0aSet-Cookie:b",
            "https://vscode.dev/%00",
            "https://vscode.dev/%1F",
            "https://vscode.dev/%7f",
            "http://localhost/../cb",
            "cursor://host/../cb");

    static final List<Arguments> WITHOUT_A_PATH = refused(
            OPAQUE,
            "javascript:alert(1)",
            "JAVASCRIPT:alert(document.cookie)",
            "vbscript:x",
            "data:text/html;base64,PHNjcmlwdD4=",
            "mailto:alice@evil.example",
            "urn:ietf:wg:oauth:2.0:oob",
            "about:blank",
            "cursor:callback",
            "https:vscode.dev",
            "http:localhost",
            "/callback",
            "callback",
            "//vscode.dev/cb",
            "?a=b",
            "vscode.dev:443",
            "vscode.dev/cb");

    static final List<Arguments> NO_URI = refused(
            "not a valid URI",
            "https:",
            "https://",
            "https://[::1/cb",
            "https://[vscode.dev]/cb",
            "https://[::1]vscode.dev/cb",
            "https://vscode.dev/[x]",
            "https://vscode.dev/%",
            "https://vscode.dev/%zz",
            "://vscode.dev/cb",
            "1cursor://host/cb",
            ":");

    @ParameterizedTest
    @FieldSource({"SPECIAL_CHARACTERS", "AMBIGUOUS_PATHS", "WITHOUT_A_PATH", "NO_URI"})
    void refusesWhatIsNotReadTheSameEverywhere(String problem, String uri) {
        for (RedirectSettings settings : RedirectSettings.values()) {
            assertRefused(settings.rule().judge(uri), "invalid_redirect_uri", problem);
        }
    }

    @ParameterizedTest
    @FieldSource("SPECIAL_CHARACTERS")
    void neverSendsBackWhatAPageOrALogWouldActOn(String ignored, String uri) {
        assertThat(refusalOf(RedirectSettings.EVERYTHING.rule().judge(uri)).description())
                .matches("[\\x20-\\x7E&&[^\"<>\\\\`]]{1,200}");
    }

    private static List<Arguments> refused(String problem, String... uris) {
        return Stream.of(uris).map(uri -> Arguments.of(problem, uri)).toList();
    }
}
