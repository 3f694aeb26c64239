package io.github.keycloakmcp.rule.registration;

import io.github.keycloakmcp.rule.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Each setting lets codes go exactly where it says, and to nothing that only resembles it. */
class RedirectSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "PLAIN_HTTP_HOST, http://automation:5678/rest/oauth2-credential/callback",
        "PLAIN_HTTP_HOST, http://AUTOMATION:5678/cb",
        "KNOWN_CLIENTS, https://claude.ai/api/mcp/auth_callback",
        "KNOWN_CLIENTS, https://chatgpt.com/connector/oauth/a1B2",
        "KNOWN_CLIENTS, warp://mcp/oauth2callback",
        "INSTALLATIONS, https://automation.corp.example/rest/oauth2-credential/callback",
        "INSTALLATIONS, https://flows.corp.example/console/api/mcp/oauth/callback",
        "INSTALLATIONS, https://chat.corp.example/api/mcp/weather/oauth/callback",
        "INSTALLATIONS, https://web.corp.example:8443/oauth/clients/mcp:weather/callback",
        "OWN_CLIENTS, https://helper.example.com/cb/a1",
        "OWN_CLIENTS, com.example.app:/cb"
    })
    void aSettingAllowsWhatItNamesAndNoOtherSettingDoes(RedirectSettings setting, String uri) {
        for (RedirectSettings settings : RedirectSettings.values()) {
            assertThat(settings.rule().judge(uri) instanceof Verdict.Allowed)
                    .as("%s with %s", uri, settings)
                    .isEqualTo(settings == setting || settings == RedirectSettings.EVERYTHING);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://automation/cb",
                "http://automation:80/cb",
                "http://automation:567/cb",
                "http://automation:56780/cb",
                "http://automation:05678/cb",
                "http://automation:5678.evil.example/cb",
                "http://automation:5678@evil.example/cb",
                "http://user@automation:5678/cb",
                "http://evil.automation:5678/cb",
                "http://automation.evil.example:5678/cb",
                "http://automation.:5678/cb",
                "http://automation%3a5678/cb",
                "http://automation:5678\\@evil.example/cb",
                "http://automation:5678/../cb",
                "http://automation:5678/*",
                "http://automation:5678/cb#x",
                "http:/automation:5678/cb",
                "http:automation:5678/cb",
                "https://automation:5678/cb",
                "ws://automation:5678/cb",
                "javascript://automation:5678/%0aalert(1)"
            })
    void aHostWithPlainHttpIsThatHostAlone(String uri) {
        refusedWithEverySetting(uri);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://automation.corp.example/",
                "https://automation.corp.example/rest/oauth2-credential/callback/",
                "https://automation.corp.example/rest/oauth2-credential/callback?to=https://evil.example",
                "https://automation.corp.example:8443/rest/oauth2-credential/callback",
                "https://automation.corp.example.evil.example/rest/oauth2-credential/callback",
                "https://evil.example/rest/oauth2-credential/callback",
                "https://evil.automation.corp.example/rest/oauth2-credential/callback",
                "https://user@automation.corp.example/rest/oauth2-credential/callback",
                "http://automation.corp.example/rest/oauth2-credential/callback",
                "https://flows.corp.example/rest/oauth2-credential/callback",
                "https://chat.corp.example/oauth/clients/mcp:weather/callback",
                "https://{host}/console/api/mcp/oauth/callback",
                "https://chat.corp.example/api/mcp/{id}/oauth/callback",
                "https://chat.corp.example/api/mcp//oauth/callback",
                "https://chat.corp.example/api/mcp/../oauth/callback",
                "https://chat.corp.example/api/mcp/%2e%2e/oauth/callback",
                "https://chat.corp.example/api/mcp/a/b/oauth/callback",
                "https://chat.corp.example/api/mcp/a%2fb/oauth/callback",
                "https://chat.corp.example/api/mcp/a.b/oauth/callback",
                "https://web.corp.example/oauth/clients/mcp:weather/callback",
                "https://web.corp.example:8443/oauth/clients/weather/callback"
            })
    void anInstallationIsItsOneAddress(String uri) {
        refusedWithEverySetting(uri);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://helper.example.com/cb",
                "https://helper.example.com/cb/",
                "https://helper.example.com/cb/a/b",
                "https://helper.example.com/cb/a?to=b",
                "https://helper.example.com/cb/..",
                "https://helper.example.com/cb/%2e%2e",
                "https://helper.example.com/cb/{id}",
                "https://helper.example.com:8443/cb/a",
                "https://helper.example.com.evil.example/cb/a",
                "http://helper.example.com/cb/a",
                "com.example.app:/other",
                "com.example.app://cb",
                "com.example.app2:/cb",
                "https://chatgpt.com/connector/oauth/a1/b2",
                "https://chatgpt.com/connector/oauth/",
                "https://claude.ai/api/mcp/auth_callback2"
            })
    void aClientOnTheListOrOfTheAdministratorsIsItsAddresses(String uri) {
        refusedWithEverySetting(uri);
    }

    private static void refusedWithEverySetting(String uri) {
        for (RedirectSettings settings : RedirectSettings.values()) {
            assertThat(settings.rule().judge(uri))
                    .as("%s with %s", uri, settings)
                    .isInstanceOf(Verdict.Refused.class);
        }
    }
}
