package io.github.keycloakmcp.rule.registration;

import java.util.List;
import java.util.Optional;

import io.github.keycloakmcp.rule.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Which client is which known one, and how it proves it. */
class KnownClientsTest {

    @Test
    void everyAddressInTheFileIsOneThatAClientMayHave() {
        assertThat(KnownClients.all()).hasSizeGreaterThan(10).allSatisfy(known -> {
            assertThat(known.id()).matches("[a-z]+(-[a-z]+)*");
            assertThat(known.name()).isNotBlank();
            assertThat(known.documents()).allMatch(url -> url.startsWith("https://"));
            assertThat(known.redirectUris()).allSatisfy(uri -> {
                String plain = uri.replace("{id}", "a1-_B");
                assertThat(RedirectUri.parse(plain)).isInstanceOf(Verdict.Allowed.class);
                assertThat(known.receivesAt(plain)).isTrue();
                assertThat(plain).doesNotStartWith("http:");
            });
            assertThat(KnownClients.byId(known.id())).contains(known);
            assertThat(KnownClients.byName(known.name())).contains(known);
            assertThat(known.alsoNamed())
                    .allSatisfy(name -> assertThat(KnownClients.byName(name)).contains(known));
        });
    }

    @Test
    void aPlaceholderIsOneSegmentThatIsNotEmpty() {
        KnownClient known = new KnownClient(
                "a", "A", List.of(), List.of(), List.of("https://a.example/{id}/", "http://127.0.0.1/cb"), true);
        assertThat(known.receivesAt("https://a.example/1/")).isTrue();
        assertThat(known.receivesAt("https://a.example/1/2/")).isFalse();
        assertThat(known.receivesAt("https://a.example//")).isFalse();
        assertThat(known.receivesAt("https://a.example/")).isFalse();
        assertThat(known.receivesAt("https://b.example/1/")).isFalse();
        assertThat(known.receivesAt("https://a.example/1/cb")).isFalse();
        assertThat(known.hosts()).containsExactly("a.example");
    }

    @ParameterizedTest
    @CsvSource({
        "https://vscode.dev/oauth/client-metadata.json, vscode",
        "https://insiders.vscode.dev/oauth/client-metadata.json, vscode",
        "https://claude.ai/oauth/mcp-oauth-client-metadata, claude",
        "https://claude.ai/oauth/claude-code-client-metadata, claude-code",
        "https://chatgpt.com/oauth/client.json, chatgpt",
        "https://chatgpt.com/oauth/Ab-9_x/client.json, chatgpt",
        "https://chatgpt.com/oauth/codex/client.json, codex",
        "https://chatgpt.com/oauth/codex/a1b2c3/client.json, codex",
        "https://cursor.com/oauth/mcp-client.json, cursor"
    })
    void aDocumentIsItsVendors(String url, String id) {
        assertThat(KnownClients.byDocument(url)).map(KnownClient::id).contains(id);
        assertThat(KnownClients.proven(url, List.of("http://localhost/callback")))
                .map(KnownClient::id)
                .contains(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://chatgpt.com/oauth//client.json",
                "https://chatgpt.com/oauth/a/b/client.json",
                "https://chatgpt.com/oauth/../client.json",
                "https://chatgpt.com/oauth/a%2fb/client.json",
                "https://chatgpt.com/oauth/a/client.json?x",
                "https://chatgpt.com.evil.example/oauth/a/client.json",
                "http://claude.ai/oauth/mcp-oauth-client-metadata",
                "https://claude.ai/oauth/mcp-oauth-client-metadata/",
                "https://CLAUDE.ai/oauth/mcp-oauth-client-metadata"
            })
    void anotherAddressIsNobodys(String url) {
        assertThat(KnownClients.byDocument(url)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://vscode.dev/redirect http://127.0.0.1:33418/ http://127.0.0.1/, vscode",
        "https://insiders.vscode.dev/redirect, vscode",
        "https://claude.ai/api/mcp/auth_callback https://claude.com/api/mcp/auth_callback, claude",
        "https://chatgpt.com/connector_platform_oauth_redirect, chatgpt",
        "https://chatgpt.com/connector/oauth/a1B2c3D4, chatgpt",
        "https://www.cursor.com/agents/mcp/oauth/callback cursor://anysphere.cursor-mcp/oauth/callback http://localhost:8787/callback, cursor",
        "https://vscode.dev/redirect?x, ",
        "https://vscode.dev/other, ",
        "https://vscode.dev/redirect https://evil.example/, ",
        "https://vscode.dev/redirect https://claude.ai/api/mcp/auth_callback, ",
        "https://vscode.dev/redirect com.example:/cb, ",
        "https://vscode.dev/redirect http://evil.example/, ",
        "https://chatgpt.com/connector/oauth/a/b, ",
        "cursor://anysphere.cursor-mcp/oauth/callback, ",
        "http://127.0.0.1:33418/, "
    })
    void redirectUrisProveWhoseTheyAre(String uris, String id) {
        assertThat(KnownClients.proven("", List.of(uris.split(" "))))
                .map(KnownClient::id)
                .isEqualTo(Optional.ofNullable(id));
    }

    @Test
    void noRedirectUriProvesNothing() {
        assertThat(KnownClients.proven("", List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Claude, claude",
        "claude, claude",
        "C L A U D E, claude",
        "Claude., claude",
        "CIaude, claude",
        "C1aude, claude",
        "\u0421laude, claude",
        "Cl\u0430ud\u0435, claude",
        "Cla\u00fcde, claude",
        "\uff23laude, claude",
        "\ud835\udc02laude, claude",
        "[Claude], claude",
        "(Claude), claude",
        "Claude (official), claude",
        "Claude Code (demo), claude-code",
        "ChatGP\u03a4, chatgpt",
        "Curs\u043er, cursor",
        "Cursоr, cursor",
        "VS C0de, vscode",
        "Visual Studio Code, vscode",
        "Gernini CLI, gemini-cli",
        "Claudette, ",
        "Claude helper for accounting, ",
        "'', ",
        "'()', "
    })
    void aNameIsReadAsAReaderWould(String name, String id) {
        assertThat(KnownClients.byName(name)).map(KnownClient::id).isEqualTo(Optional.ofNullable(id));
    }

    @Test
    void aNameOfAnyLengthIsReadInNoTime() {
        assertThat(KnownClients.byName(" ".repeat(1_000_000))).isEmpty();
        assertThat(KnownClients.byName("(".repeat(1_000_000))).isEmpty();
        assertThat(KnownClients.byName("\ufdfa".repeat(1_000_000))).isEmpty();
    }
}
