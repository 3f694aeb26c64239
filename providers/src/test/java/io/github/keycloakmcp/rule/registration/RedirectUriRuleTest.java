package io.github.keycloakmcp.rule.registration;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
            true,
            List.of(),
            false);

    private static final RedirectUriRule KNOWN = new RedirectUriRule(
            List.of(),
            Set.of(),
            false,
            KnownClients.all().stream()
                    .filter(known -> Set.of("cursor", "chatgpt").contains(known.id()))
                    .toList(),
            false);

    private static final RedirectUriRule NOTHING = new RedirectUriRule(List.of(), Set.of(), false, List.of(), false);

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
                NOTHING.judge("https://vscode.dev/cb"),
                "invalid_redirect_uri",
                "host vscode.dev is not trusted by this realm");
        assertRefused(NOTHING.judge("http://localhost:1/cb"), "invalid_redirect_uri", "loopback redirect URIs are not");
        assertRefused(
                NOTHING.judge("cursor://host/cb"),
                "invalid_redirect_uri",
                "scheme cursor is not allowed by this realm");
    }

    @Test
    void tellsTheAdministratorWhichSettingDecided() {
        assertThat(refusalOf(NOTHING.judge("https://vscode.dev/cb")).detail()).contains("trusted-hosts");
        assertThat(refusalOf(NOTHING.judge("http://localhost/cb")).detail()).contains("allow-loopback");
        assertThat(refusalOf(NOTHING.judge("cursor://host/cb")).detail()).contains("private-use-schemes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://www.cursor.com/agents/mcp/oauth/callback",
                "cursor://anysphere.cursor-mcp/oauth/callback",
                "https://chatgpt.com/connector/oauth/a1B2c3"
            })
    void acceptsTheOwnRedirectUrisOfAKnownClientThatIsAllowedByName(String uri) {
        assertThat(decidedBy(KNOWN.judge(uri)).value()).isEqualTo(uri);
        assertThat(refusalOf(NOTHING.judge(uri)).detail()).contains("known-clients");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://www.cursor.com/agents/mcp/oauth/callback/",
                "https://www.cursor.com/agents/mcp/oauth/callback?to=evil",
                "https://WWW.cursor.com/agents/mcp/oauth/callback",
                "https://www.cursor.com/",
                "cursor://anysphere.cursor-mcp/other",
                "https://chatgpt.com/connector/oauth/",
                "https://chatgpt.com/connector/oauth/a/b",
                "https://vscode.dev/redirect",
                "http://localhost/cb"
            })
    void acceptsNothingElseOfItsHostNorOfAnotherKnownClient(String uri) {
        assertRefused(KNOWN.judge(uri), "invalid_redirect_uri", "by this realm");
    }

    @Test
    void acceptsEveryWebSiteWhereAnAdministratorSaysSoButNothingElse() {
        RedirectUriRule any = new RedirectUriRule(List.of(), Set.of(), false, List.of(), true);
        assertThat(decidedBy(any.judge("https://anywhere.example/cb")).value())
                .isEqualTo("https://anywhere.example/cb");
        assertRefused(any.judge("http://localhost/cb"), "invalid_redirect_uri", "loopback");
        assertRefused(any.judge("com.example.app:/cb"), "invalid_redirect_uri", "scheme");
        assertRefused(any.judge("https://10.0.0.1@evil.example/cb"), "invalid_redirect_uri", "user");
        assertThat(any.mayCall("anywhere.example")).isFalse();
        assertThat(KNOWN.mayCall("chatgpt.com")).isTrue();
        assertThat(KNOWN.mayCall("vscode.dev")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "http://automation:5678/cb, true",
        "HTTP://Automation:5678/cb, true",
        "http://lan.example/cb, true",
        "http://lan.example:80/cb, true",
        "http://192.0.2.7:3000/cb, true",
        "http://automation/cb, false",
        "http://automation:5679/cb, false",
        "http://a.automation:5678/cb, false",
        "http://automation:5678@evil.example/cb, false",
        "http://automation:5678/../cb, false",
        "http://lan.example:8080/cb, false",
        "http://vscode.dev/cb, false",
        "http://a.apps.example/cb, false",
        "http://claude.ai/api/mcp/auth_callback, false",
        "https://automation:5678/cb, false",
        "https://lan.example/cb, false"
    })
    void goesWithoutEncryptionOnlyToTheVeryHostThatIsListedSo(String uri, boolean allowed) {
        RedirectUriRule plain = new RedirectUriRule(
                List.of(
                        new TrustedHost("http://automation:5678"),
                        new TrustedHost("http://lan.example"),
                        new TrustedHost("http://192.0.2.7:3000"),
                        new TrustedHost("vscode.dev"),
                        new TrustedHost("*.apps.example")),
                Set.of("http"),
                true,
                KnownClients.all(),
                false);
        if (allowed) {
            assertThat(decidedBy(plain.judge(uri)).kind()).isEqualTo(RedirectUri.Kind.PLAIN_HTTP);
            assertThat(plain.mayCall(decidedBy(plain.judge(uri)).host())).isFalse();
        } else {
            assertThat(refusalOf(plain.judge(uri)).error()).isEqualTo("invalid_redirect_uri");
        }
    }

    @Test
    void doesNotTakeAPortOfATrustedHostForTheHost() {
        assertRefused(RULE.judge("https://app.example.com/cb"), "invalid_redirect_uri", "is not trusted by this realm");
        assertRefused(RULE.judge("https://vscode.dev:8443/cb"), "invalid_redirect_uri", "vscode.dev:8443");
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript", "data", "file", "http", "https", "vbscript", "ws"})
    void neverAllowsADangerousSchemeWhateverIsListed(String scheme) {
        RedirectUriRule careless = new RedirectUriRule(List.of(), Set.of(scheme), false, List.of(), false);
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
