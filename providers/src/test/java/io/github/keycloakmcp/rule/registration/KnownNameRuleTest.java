package io.github.keycloakmcp.rule.registration;

import java.util.List;

import io.github.keycloakmcp.rule.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.github.keycloakmcp.rule.Verdicts.assertRefused;
import static io.github.keycloakmcp.rule.Verdicts.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;

/** Who may go by the name of a known client. */
class KnownNameRuleTest {

    @ParameterizedTest
    @CsvSource({
        "Claude, https://claude.ai/api/mcp/auth_callback",
        "Claude, https://claude.ai/a/callback/that/nobody/knows/yet",
        "Claude Code (demo), http://localhost:54212/callback",
        "Claude, com.example.app:/cb",
        "Visual Studio Code, https://vscode.dev/redirect http://127.0.0.1/",
        "Accounting, https://accounting.example/cb",
        "mcp-remote, https://proxy.example/cb"
    })
    void acceptsTheVendorThisComputerAndNamesThatBelongToNoWebSite(String name, String uris) {
        assertThat(judge("", name, uris)).isInstanceOf(Verdict.Allowed.class);
    }

    @ParameterizedTest
    @CsvSource({
        "Claude, https://evil.example/cb",
        "\u0421laude, https://evil.example/cb",
        "Claude Code, https://evil.example/cb",
        "ChatGPT, https://chatgpt.com.evil.example/connector/oauth/1",
        "Cursor, https://www.cursor.com/agents/mcp/oauth/callback https://evil.example/cb",
        "Visual Studio Code, https://claude.ai/api/mcp/auth_callback",
        "Claude, https://claude.ai:8443/api/mcp/auth_callback"
    })
    void refusesTheNameWithCodesForAnotherWebSite(String name, String uris) {
        assertRefused(judge("", name, uris), "invalid_client_metadata", "client_name: ");
    }

    @Test
    void saysWhoseNameItIsAndWhatToDo() {
        assertThat(refusalOf(judge("", "CIaude", "https://evil.example/cb")).description())
                .isEqualTo("client_name: Claude is a known client without redirect URIs at evil.example; "
                        + "choose another name");
    }

    @Test
    void whatAVendorSaysInItsOwnDocumentIsTheVendorsToSay() {
        String document = "https://claude.ai/oauth/mcp-oauth-client-metadata";
        assertThat(judge(document, "Claude", "https://new.example/cb")).isInstanceOf(Verdict.Allowed.class);
        assertRefused(
                judge("https://evil.example/oauth/client.json", "Claude", "https://new.example/cb"),
                "invalid_client_metadata",
                "client_name: Claude is a known client");
    }

    private static Verdict<ClientMetadata> judge(String document, String name, String uris) {
        return KnownNameRule.judge(Metadata.introduced(document, name, List.of(uris.split(" "))));
    }
}
