package io.github.keycloakmcp.rule.resource;

import java.util.List;

import io.github.keycloakmcp.rule.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.keycloakmcp.rule.Verdicts.assertRefused;
import static io.github.keycloakmcp.rule.Verdicts.decidedBy;
import static org.assertj.core.api.Assertions.assertThat;

/** Each setting about servers opens exactly what it says, and no hostile resource becomes one with any of them. */
class ServerSettingsTest {

    private static final GrantedResources IMMEDIATE = new GrantedResources.Immediate();

    @ParameterizedTest
    @CsvSource({
        "PATTERN, https://gw.example.com/tenant-a/mcp, https://gw.example.com/tenant-a/mcp",
        "PLAIN_HTTP_HOST, http://mcp-server:8000/mcp, http://mcp-server:8000/mcp",
        "PLAIN_HTTP_HOST, HTTP://MCP-Server:8000/mcp/, http://mcp-server:8000/mcp",
        "ALIAS, https://old.example.com/mcp, https://mcp.example.com/mcp",
        "IGNORED_QUERY, https://mcp.example.com/mcp?utm_source=plugin, https://mcp.example.com/mcp"
    })
    void aSettingOpensWhatItNamesAndNoOtherSettingDoes(ServerSettings setting, String resource, String audience) {
        for (ServerSettings settings : ServerSettings.values()) {
            Verdict<ResourceBinding> verdict = ResourceBinding.decide(settings.servers(), IMMEDIATE, List.of(resource));
            if (settings.has(setting)) {
                assertThat(decidedBy(verdict).audience()).as("%s", settings).contains(audience);
            } else {
                assertRefused(verdict, "invalid_target", "");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://mcp.example.com/mcp, true",
        "https://gw.example.com/tenant-a/mcp, false",
        "http://mcp-server:8000/mcp, false"
    })
    void aNameIsKeptBesideItsServerOnly(String resource, boolean named) {
        McpServers servers = ServerSettings.EVERYTHING.servers();
        List<String> audience = decidedBy(ResourceBinding.decide(servers, IMMEDIATE, List.of(resource)))
                .audience();
        assertThat(audience)
                .containsExactlyInAnyOrderElementsOf(
                        named ? List.of(resource, ServerSettings.NAME) : List.of(resource));
    }

    @ParameterizedTest
    @MethodSource("io.github.keycloakmcp.rule.resource.ResourceIndicatorTest#malformed")
    void noMalformedResourceBecomesAServer(String resource, String ignored) {
        refusedWithEverySetting(resource);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gateway",
                "https://gateway",
                "https://gateway/mcp",
                "mcp-server:8000",
                "https://evil.example/mcp",
                "https://mcp.example.com",
                "https://mcp.example.com/",
                "https://mcp.example.com/MCP",
                "https://mcp.example.com/mcp//",
                "https://mcp.example.com/mcp/x",
                "https://mcp.example.com/mcp;x",
                "https://mcp.example.com/mcp%3fx",
                "https://mcp.example.com/mcp?x#y",
                "https://mcp.example.com/mcp#?x",
                "https://mcp.example.com:8443/mcp",
                "https://mcp.example.com./mcp",
                "https://mcp.example.com.evil.example/mcp",
                "https://evil.example/mcp?https://mcp.example.com/mcp",
                "https://evil.example?/mcp",
                "https://mcp.example.com?/mcp",
                "https://mcp.example.com@evil.example/mcp",
                "http://mcp.example.com/mcp",
                "http://mcp-server/mcp",
                "http://mcp-server:80/mcp",
                "http://mcp-server:8001/mcp",
                "http://mcp-server:80000/mcp",
                "http://mcp-server:8000/other",
                "http://mcp-server:8000.evil.example/mcp",
                "http://mcp-server:8000@evil.example/mcp",
                "http://evil.mcp-server:8000/mcp",
                "http://mcp-server.evil.example:8000/mcp",
                "https://mcp-server:8000/mcp",
                "ftp://mcp-server:8000/mcp",
                "https://old.example.com/other",
                "https://sub.old.example.com/mcp",
                "http://old.example.com/mcp",
                "https://gw.example.com/{id}/mcp",
                "https://gw.example.com/*/mcp",
                "https://gw.example.com//mcp",
                "https://gw.example.com/../mcp",
                "https://gw.example.com/./mcp",
                "https://gw.example.com/%2e%2e/mcp",
                "https://gw.example.com/a%2Fb/mcp",
                "https://gw.example.com/a/b/mcp",
                "https://gw.example.com/a/mcp/",
                "https://gw.example.com/a/mcp/x",
                "https://GW.example.com/a/mcp",
                "https://gw.example.com:443/a/mcp",
                "https://gw.example.com:8443/a/mcp",
                "https://gw.example.com.evil.example/a/mcp",
                "https://user@gw.example.com/a/mcp",
                "http://gw.example.com/a/mcp"
            })
    void nothingThatResemblesAServerBecomesOne(String resource) {
        refusedWithEverySetting(resource);
    }

    /** What a grant carries is compared letter by letter, so that no setting moves it to another server. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                ServerSettings.OLD,
                ServerSettings.NAME,
                ServerSettings.SERVER + "?x",
                ServerSettings.SERVER + "/",
                "https://gw.example.com/{id}/mcp",
                "https://gw.example.com/a/mcp/"
            })
    void noGrantCarriesAnythingButTheUriOfAServer(String carried) {
        for (ServerSettings settings : ServerSettings.values()) {
            assertRefused(
                    ResourceBinding.decide(
                            settings.servers(), new GrantedResources.Carried(List.of(carried)), List.of()),
                    "invalid_grant",
                    "");
        }
    }

    private static void refusedWithEverySetting(String resource) {
        for (ServerSettings settings : ServerSettings.values()) {
            assertRefused(
                    ResourceBinding.decide(settings.servers(), IMMEDIATE, List.of(resource)), "invalid_target", "");
        }
    }
}
