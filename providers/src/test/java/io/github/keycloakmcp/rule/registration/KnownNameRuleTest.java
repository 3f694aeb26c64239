package io.github.keycloakmcp.rule.registration;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.keycloakmcp.rule.Cases;
import io.github.keycloakmcp.rule.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        "mcp-remote, http://127.0.0.1:3334/oauth/callback"
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
        "Claude, https://claude.ai:8443/api/mcp/auth_callback",
        "GitHub Copilot, https://evil.example/cb",
        "MCP Inspector, https://evil.example/cb",
        "mcp-remote, https://proxy.example/cb"
    })
    void refusesTheNameWithCodesForAnotherWebSite(String name, String uris) {
        assertRefused(judge("", name, uris), "invalid_client_metadata", "client_name: ");
    }

    @ParameterizedTest
    @CsvSource({"Verified, uerlfled", "official verified, offlclal", "Official, offlclal", "Claude verified, claude"})
    void praiseAloneIsAName(String name, String skeleton) {
        assertThat(NameSkeleton.of(name)).isEqualTo(skeleton);
    }

    @Test
    void aStrokeIsNothingOrALetter() {
        assertThat(NameSkeleton.all("C/aude")).containsExactlyInAnyOrder("caude", "claude");
        assertThat(NameSkeleton.all("//")).containsExactlyInAnyOrder("", "ll");
        assertThat(NameSkeleton.all("Claude")).containsExactly("claude");
    }

    /** Names that were accepted once and read like the vendor's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cl\u0251ude",
                "\u1d04laude",
                "Cl\u1d00ude",
                "\u13dflaude",
                "\ua4dalaude",
                "Claud\u212e",
                "Claud\u04bd",
                "C\u0142aude",
                "Cla\u028bde",
                "Cla\u00b5de",
                "C\u29f8aude",
                "C/aude",
                "Claude\u2122",
                "Claude \u2705 verified",
                "Claude verified official",
                "Verified Claude verified verified",
                "Official Claude",
                "Claude\u00a0",
                "C\u00a0laude",
                "Cla\ufe0fude",
                "\u1d9claude",
                "Cu\u2c84so\u2c84"
            })
    void refusesWhatAReaderTakesForTheName(String name) {
        assertRefused(
                judge("", name, "https://evil.example/cb"),
                "invalid_client_metadata",
                "is a known client without redirect URIs");
    }

    @Test
    void refusesFiveHundredGeneratedLookAlikes() {
        Map<String, List<Integer>> forms = Confusables.all().entrySet().stream()
                .filter(entry -> entry.getValue().length() == 1)
                .collect(Collectors.groupingBy(
                        entry -> entry.getValue().toLowerCase(Locale.ROOT),
                        Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
        assertThat(forms).hasSizeGreaterThan(26);
        List<String> names =
                List.of("Claude", "ChatGPT", "Cursor", "Visual Studio Code", "GitHub Copilot", "Zed", "goose");
        Cases.check(
                500,
                chance -> chance.oneOf(names)
                        .codePoints()
                        .mapToObj(c -> {
                            List<Integer> same =
                                    forms.getOrDefault(Character.toString(c).toLowerCase(Locale.ROOT), List.of());
                            return same.isEmpty() || chance.upTo(3) == 0
                                    ? Character.toString(c)
                                    : Character.toString(chance.oneOf(same));
                        })
                        .collect(Collectors.joining()),
                name -> assertRefused(
                        judge("", name, "https://evil.example/cb"),
                        "invalid_client_metadata",
                        "is a known client without redirect URIs"));
    }

    /** A product that administrators run themselves is at home at the host that they name, and nowhere else. */
    @ParameterizedTest
    @CsvSource({
        "n8n, https://automation.corp.example/rest/oauth2-credential/callback, INSTALLATIONS",
        "Dify, https://flows.corp.example/console/api/mcp/oauth/callback, INSTALLATIONS",
        "LibreChat, https://chat.corp.example/api/mcp/weather/oauth/callback, INSTALLATIONS",
        "Open WebUI, https://web.corp.example:8443/oauth/clients/mcp:weather/callback, INSTALLATIONS",
        "n8n, http://automation:5678/rest/oauth2-credential/callback, PLAIN_HTTP_HOST"
    })
    void acceptsAProductAtTheHostOfItsInstallation(String name, String uri, RedirectSettings setting) {
        for (RedirectSettings settings : RedirectSettings.values()) {
            assertThat(judge(settings, "", name, uri) instanceof Verdict.Allowed)
                    .as("%s with %s", uri, settings)
                    .isEqualTo(settings == setting || settings == RedirectSettings.EVERYTHING);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Open WebUI, https://chat.apps.example/oauth/clients/mcp:weather/callback, true",
        "Open WebUI, https://evil.example/oauth/clients/mcp:weather/callback, false",
        "n8n, https://flows.corp.example/console/api/mcp/oauth/callback, false",
        "n8n, https://claude.ai/api/mcp/auth_callback, false",
        "n8n, https://helper.example.com/cb/a1, false",
        "Claude, https://chat.apps.example/cb, false",
        "Claude, http://automation:5678/cb, false",
        "Claude, https://automation.corp.example/rest/oauth2-credential/callback, false"
    })
    void aTrustedHostIsHomeOfSuchAProductOnly(String name, String uri, boolean accepted) {
        assertThat(judge(RedirectSettings.EVERYTHING, "", name, uri) instanceof Verdict.Allowed)
                .isEqualTo(accepted);
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
        return judge(RedirectSettings.NOTHING_MORE, document, name, uris);
    }

    private static Verdict<ClientMetadata> judge(RedirectSettings settings, String document, String name, String uris) {
        return new KnownNameRule(settings.rule()).judge(Metadata.introduced(document, name, List.of(uris.split(" "))));
    }
}
