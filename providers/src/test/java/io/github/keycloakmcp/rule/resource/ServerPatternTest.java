package io.github.keycloakmcp.rule.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.keycloakmcp.rule.Verdicts.decidedBy;
import static org.assertj.core.api.Assertions.assertThat;

/** A host with many servers: each matching URI is an audience of its own, exactly as requested, and the pattern never is. */
class ServerPatternTest {

    private static final String PATTERN = "https://gw.example.com/{id}/mcp";
    private static final String ONE = "https://gw.example.com/tenant-a/mcp";
    private static final String TWO = "https://gw.example.com/tenant-b/mcp";

    @Test
    void aTokenIsForTheRequestedUriAndForNoOther() {
        McpServers servers = declare(List.of(PATTERN), false, new ArrayList<>());
        assertThat(audience(servers, ONE)).containsExactly(ONE);
        GrantedResources granted = new GrantedResources.Carried(List.of(ONE));
        assertThat(ResourceBinding.decide(servers, granted, List.of(TWO))).isInstanceOf(Verdict.Refused.class);
        assertThat(decidedBy(ResourceBinding.decide(servers, granted, List.of()))
                        .audience())
                .containsExactly(ONE);
        McpServers none = declare(List.of(), false, new ArrayList<>());
        assertThat(ResourceBinding.decide(none, granted, List.of())).isInstanceOf(Verdict.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                PATTERN,
                "https://gw.example.com//mcp",
                "https://gw.example.com/../mcp",
                "https://gw.example.com/./mcp",
                "https://gw.example.com/a/b/mcp",
                "https://gw.example.com/a/mcp/",
                "https://GW.example.com/a/mcp",
                "https://gw.example.com:443/a/mcp",
                "https://gw.example.com/a%2Fb/mcp",
                "https://gw.example.com/a/mcp?x=1",
                "https://gw.example.com.evil.example/a/mcp",
                "https://user@gw.example.com/a/mcp",
                "http://gw.example.com/a/mcp",
                "https://gw.example.com/*/mcp"
            })
    void noOtherUriMatches(String resource) {
        assertThat(declare(List.of(PATTERN), false, new ArrayList<>()).find(resource))
                .isInstanceOf(Verdict.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://{id}.example.com/mcp",
                "https://{id}/mcp",
                "https://{id}",
                "https://gw.example.com/mcp",
                "https://gw.example.com/{id}/{id}",
                "https://gw.example.com/t{id}/mcp",
                "https://gw.example.com/{id}x/mcp",
                "https://gw.example.com/{name}/mcp",
                "https://gw.example.com/*/mcp",
                "https://GW.example.com/{id}/mcp",
                "http://gw.example.com/{id}/mcp",
                "https://gw.example.com/mcp?tenant={id}",
                "{id}",
                "/{id}",
                ""
            })
    void nothingElseIsAPattern(String pattern) {
        List<Refusal> invalid = new ArrayList<>();
        assertThat(declare(List.of(pattern), false, invalid).find(ONE)).isInstanceOf(Verdict.Refused.class);
        assertThat(invalid).hasSize(1);
    }

    @Test
    void aDeclaredServerGoesBeforeAPattern() {
        McpServers servers = McpServers.declare(
                new ServersDeclaration(
                        List.of(ONE + "/"), Map.of(), "", false, Map.of(), List.of(PATTERN), false, Set.of(), false),
                refusal -> {
                    throw new AssertionError(refusal.description());
                });
        assertThat(decidedBy(servers.find(ONE)).uri()).isEqualTo(ONE + "/");
    }

    @Test
    void aQueryIsIgnoredOnlyWhereThatIsSet() {
        McpServers strict = declare(List.of(), false, new ArrayList<>());
        McpServers ignoring = declare(List.of(), true, new ArrayList<>());
        String declared = "https://mcp.example.com/mcp";
        assertThat(strict.find(declared + "?utm_source=plugin")).isInstanceOf(Verdict.Refused.class);
        assertThat(audience(ignoring, declared + "?utm_source=plugin")).containsExactly(declared);
        assertThat(audience(ignoring, declared + "/?codemode=false")).containsExactly(declared);
        assertThat(ignoring.find("https://other.example.com/mcp?x")).isInstanceOf(Verdict.Refused.class);
        assertThat(ignoring.find(declared + "?x#y")).isInstanceOf(Verdict.Refused.class);
    }

    private static McpServers declare(List<String> patterns, boolean ignoreQuery, List<Refusal> invalid) {
        return McpServers.declare(
                new ServersDeclaration(
                        List.of("https://mcp.example.com/mcp"),
                        Map.of(),
                        "",
                        false,
                        Map.of(),
                        patterns,
                        ignoreQuery,
                        Set.of(),
                        false),
                invalid::add);
    }

    private static List<String> audience(McpServers servers, String resource) {
        return decidedBy(ResourceBinding.decide(servers, new GrantedResources.Immediate(), List.of(resource)))
                .audience();
    }
}
