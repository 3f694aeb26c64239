package io.github.keycloakmcp.rule.registration;

import io.github.keycloakmcp.rule.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.keycloakmcp.rule.Verdicts.assertRefused;
import static io.github.keycloakmcp.rule.Verdicts.decidedBy;
import static org.assertj.core.api.Assertions.assertThat;

/** How an administrator may write a trusted host, and what it then covers. */
class TrustedHostTest {

    @ParameterizedTest
    @CsvSource({
        "vscode.dev, vscode.dev",
        "VSCode.dev, vscode.dev",
        "localhost, localhost",
        "vscode.dev:443, vscode.dev",
        "*.example.com:443, *.example.com",
        "vscode.dev:4430, vscode.dev:4430",
        "app.example.com:8443, app.example.com:8443",
        "*.example.com, *.example.com",
        "*.Apps.Example.com:8443, *.apps.example.com:8443",
        "xn--e1afmkfd.example, xn--e1afmkfd.example",
        "192.0.2.1, 192.0.2.1",
        "a-b.example, a-b.example"
    })
    void readsAHostAsAnAdministratorWritesIt(String written, String pattern) {
        assertThat(decidedBy(TrustedHost.parse(written)).pattern()).isEqualTo(pattern);
    }

    @ParameterizedTest
    @CsvSource({
        "http://automation:5678, http://automation:5678, true",
        "HTTP://LAN.Example:80, http://lan.example, true",
        "vscode.dev, vscode.dev, false"
    })
    void readsAHostWithoutEncryptionWhereOneMayBe(String written, String pattern, boolean plain) {
        TrustedHost host = decidedBy(TrustedHost.parseAlsoPlainHttp(written));
        assertThat(host.pattern()).isEqualTo(pattern);
        assertThat(host.isPlainHttp()).isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://",
                "http://*.example.com",
                "http://http://a.example",
                "http://a.example/",
                "http://a.example:443",
                "http://u@a.example",
                "http:a.example",
                "https://a.example",
                "ws://a.example"
            })
    void takesNoOtherAddressForAHost(String written) {
        assertThat(TrustedHost.parseAlsoPlainHttp(written)).isInstanceOf(Verdict.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "*",
                "*.",
                "*.com",
                "**.example.com",
                "*example.com",
                "a.*.example.com",
                "vscode.*",
                "*.*.example.com",
                "https://vscode.dev",
                "vscode.dev/",
                "vscode.dev/path",
                "vscode.dev.",
                ".vscode.dev",
                "vscode..dev",
                "-vscode.dev",
                "vscode-.dev",
                "vscode_dev",
                "user@vscode.dev",
                "vscode.dev:",
                "vscode.dev:port",
                "vscode.dev:123456",
                "vscode.dev#",
                "vscode.dev?",
                "vscode.dev\n",
                "vscode .dev",
                "vscode%2edev",
                "vsc\u043ede.dev",
                "[::1]",
                "vscode.dev,claude.ai"
            })
    void refusesWhatIsNoHost(String written) {
        assertRefused(TrustedHost.parse(written), "invalid_client_metadata", "host name or *.domain");
    }

    @Test
    void readsAHostUpToTheLengthThatDnsAllows() {
        String longest = "a.".repeat(123) + "example";
        assertThat(longest).hasSize(TrustedHost.MAX_LENGTH);
        assertThat(decidedBy(TrustedHost.parse(longest)).pattern()).isEqualTo(longest);
        assertRefused(TrustedHost.parse("a" + longest), "invalid_client_metadata", "host name or *.domain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a.", "a-", "*.", ":443", ".", "\u0130"})
    void survivesAHostOfAnyLength(String part) {
        assertRefused(
                TrustedHost.parse("*." + part.repeat(200_000) + "example.com"),
                "invalid_client_metadata",
                "host name or *.domain");
    }

    @ParameterizedTest
    @CsvSource({
        "vscode.dev, vscode.dev, true",
        "vscode.dev, vscode.dev.evil.example, false",
        "vscode.dev, evilvscode.dev, false",
        "vscode.dev, www.vscode.dev, false",
        "vscode.dev, vscode.dev:8443, false",
        "vscode.dev, vscode.dev., false",
        "*.example.com, a.example.com, true",
        "*.example.com, a.b.example.com, true",
        "*.example.com, example.com, false",
        "*.example.com, .example.com, false",
        "*.example.com, evilexample.com, false",
        "*.example.com, a.example.com.evil.example, false",
        "*.example.com, a.example.com:8443, false",
        "*.example.com:8443, a.example.com:8443, true",
        "*.example.com:8443, a.example.com, false",
        "app.example.com:8443, app.example.com:8443, true",
        "app.example.com:8443, app.example.com, false"
    })
    void coversExactlyWhatIsWritten(String written, String host, boolean trusted) {
        assertThat(decidedBy(TrustedHost.parse(written)).trusts(host)).isEqualTo(trusted);
    }
}
