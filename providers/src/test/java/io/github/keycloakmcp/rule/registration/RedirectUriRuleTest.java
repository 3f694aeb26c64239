package io.github.keycloakmcp.rule.registration;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.keycloakmcp.rule.Verdicts.assertRefused;
import static io.github.keycloakmcp.rule.Verdicts.decidedBy;
import static io.github.keycloakmcp.rule.Verdicts.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;

/** Which redirect URIs the three settings of an administrator let in. */
class RedirectUriRuleTest {

    private static final RedirectUriRule RULE = new RedirectUriRule(
            List.of(
                    new TrustedHost("vscode.dev"),
                    new TrustedHost("*.apps.example"),
                    new TrustedHost("app.example.com:8443")),
            Set.of("cursor", "com.example.app"),
            true);

    private static final RedirectUriRule NOTHING = new RedirectUriRule(List.of(), Set.of(), false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://vscode.dev/redirect",
                "https://VSCODE.dev/redirect",
                "https://vscode.dev:443/redirect",
                "https://vscode.dev/redirect?a=b",
                "https://a.apps.example/cb",
                "https://a.b.apps.example/cb",
                "https://a.apps.example:443/cb",
                "https://app.example.com:8443/cb",
                "http://localhost/cb",
                "http://localhost:33418/",
                "http://127.0.0.1:6274/cb",
                "http://[::1]:1/cb",
                "cursor://anysphere.cursor-retrieval/oauth/callback",
                "CURSOR://host/cb",
                "com.example.app:/cb"
            })
    void acceptsWhatASettingCovers(String uri) {
        assertThat(decidedBy(RULE.judge(uri)).value()).isEqualTo(uri);
    }

    @Test
    void trustsNobodyUnlessASettingSaysSo() {
        assertRefused(
                NOTHING.judge("https://vscode.dev/cb"), "invalid_redirect_uri", "host is not trusted here: vscode.dev");
        assertRefused(NOTHING.judge("http://localhost:1/cb"), "invalid_redirect_uri", "loopback redirect URIs are not");
        assertRefused(NOTHING.judge("cursor://host/cb"), "invalid_redirect_uri", "scheme is not allowed here");
    }

    @Test
    void tellsTheAdministratorWhichSettingDecided() {
        assertThat(refusalOf(NOTHING.judge("https://vscode.dev/cb")).hint()).contains("trusted-hosts");
        assertThat(refusalOf(NOTHING.judge("http://localhost/cb")).hint()).contains("allow-loopback");
        assertThat(refusalOf(NOTHING.judge("cursor://host/cb")).hint()).contains("private-use-schemes");
    }

    @Test
    void doesNotTakeAPortOfATrustedHostForTheHost() {
        assertRefused(RULE.judge("https://app.example.com/cb"), "invalid_redirect_uri", "host is not trusted");
        assertRefused(RULE.judge("https://vscode.dev:8443/cb"), "invalid_redirect_uri", "vscode.dev:8443");
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript", "data", "file", "http", "https", "vbscript", "ws"})
    void neverAllowsADangerousSchemeWhateverIsListed(String scheme) {
        RedirectUriRule careless = new RedirectUriRule(List.of(), Set.of(scheme), false);
        assertThat(RedirectUriRule.isListable(scheme)).isFalse();
        assertThat(refusalOf(careless.judge(scheme + "://host/cb")).error()).isEqualTo("invalid_redirect_uri");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cursor", "com.example.app", "vscode-insiders", "x1", "a+b"})
    void letsAnAdministratorListAPrivateUseScheme(String scheme) {
        assertThat(RedirectUriRule.isListable(scheme)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Cursor",
                "cursor:",
                "cursor://",
                "1cursor",
                "-a",
                "a_b",
                "a b",
                "*",
                "cursor\n",
                "cu\u0440sor"
            })
    void letsNobodyListWhatIsNoScheme(String scheme) {
        assertThat(RedirectUriRule.isListable(scheme)).isFalse();
    }
}
