package io.github.keycloakmcp.rule.cimd;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.keycloakmcp.rule.Verdicts.decidedBy;
import static io.github.keycloakmcp.rule.Verdicts.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;

/** Which client identifiers are URLs of metadata documents. */
class DocumentUrlTest {

    @ParameterizedTest
    @CsvSource({
        "https://claude.ai/oauth/claude-code-client-metadata, claude.ai",
        "https://vscode.dev/oauth/client-metadata.json, vscode.dev",
        "https://chatgpt.com/oauth/a1B2/client.json, chatgpt.com",
        "https://App.Example.COM/client, app.example.com",
        "https://app.example.com/, app.example.com",
        "https://app.example.com:443/client, app.example.com",
        "https://app.example.com:8443/client, app.example.com:8443",
        "https://app.example.com/client?v=1, app.example.com",
        "https://xn--e1afmkfd.xn--p1ai/client, xn--e1afmkfd.xn--p1ai"
    })
    void readsAnAddressOnTheInternet(String url, String host) {
        DocumentUrl read = decidedBy(DocumentUrl.parse(url));
        assertThat(read.value()).isEqualTo(url);
        assertThat(read.host()).isEqualTo(host);
        assertThat(read.loopback()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080/client, localhost:8080",
        "https://localhost:8443/client, localhost:8443",
        "http://127.0.0.1/client, 127.0.0.1",
        "https://127.0.0.1:9/client, 127.0.0.1:9",
        "http://[::1]:8080/client, [::1]:8080"
    })
    void knowsAnAddressOnThisComputer(String url, String host) {
        DocumentUrl read = decidedBy(DocumentUrl.parse(url));
        assertThat(read.host()).isEqualTo(host);
        assertThat(read.loopback()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.com",
                "https://app.example.com?x",
                "https://app.example.com/client#part",
                "https://user@app.example.com/client",
                "https://user:secret@app.example.com/client",
                "https://app.example.com/a/../client",
                "https://app.example.com/./client",
                "https://app.example.com/%2e%2e/client",
                "https://app.example.com/a%2fclient",
                "https://app.example.com/client\\x",
                "https://app.example.com/a b",
                "https://app.example.com/client*",
                "https://app.example.com:/client",
                "https://app.example.com:0443/client",
                "https://app.example.com:99999/client",
                "https://app.example.com./client",
                "https://app_x.example.com/client",
                "https://intranet/client",
                "https://10.0.0.1/client",
                "https://8.8.8.8/client",
                "https://2130706433/client",
                "https://0x7f000001/client",
                "https://0x7f.0.0.1/client",
                "https://0177.0.0.1/client",
                "https://127.1/client",
                "https://1.2.3.4.5/client",
                "https://[2606:4700::1111]/client",
                "https://[::ffff:127.0.0.1]/client",
                "https://[fe80::1%25eth0]/client",
                "https://\u0661\u0662\u0667.0.0.1/client",
                "https://ex\u0430mple.com/client",
                "http://app.example.com/client",
                "http://localhost.example.com/client",
                "HTTPS://app.example.com/client",
                "https:///client",
                "https://"
            })
    void refusesWhateverTwoProgramsMayReadDifferently(String clientId) {
        assertThat(DocumentUrl.isMeant(clientId)).isTrue();
        Refusal refusal = refusalOf(DocumentUrl.parse(clientId));
        assertThat(refusal.error()).isEqualTo("invalid_client");
        assertThat(refusal.description()).startsWith("the client_id of this application ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "account",
                "",
                "mcp-0123",
                "urn:example:client",
                "ftp://app.example.com/client",
                "https",
                "https:/x/y"
            })
    void leavesOtherIdentifiersAlone(String clientId) {
        assertThat(DocumentUrl.isMeant(clientId)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example.com/keys, true",
        "https://cdn.example.net/keys, true",
        "https://cdn.example.net:8443/keys, false",
        "https://localhost:8443/keys, false",
        "http://127.0.0.1/keys, false"
    })
    void looksForKeysOnOrdinaryWebServers(String keys, boolean allowed) {
        DocumentUrl document = decidedBy(DocumentUrl.parse("https://app.example.com/client"));
        assertThat(decidedBy(DocumentUrl.parse(keys)).servesKeysOf(document) instanceof Verdict.Allowed<?>)
                .isEqualTo(allowed);
    }
}
