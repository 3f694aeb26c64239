package io.github.keycloakmcp.rule.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.github.keycloakmcp.rule.Verdicts.decidedBy;
import static org.assertj.core.api.Assertions.assertThat;

/** Plain http outside of this computer: for listed hosts only, each with its port. */
class PlainHttpHostsTest {

    @ParameterizedTest
    @CsvSource({
        "http://mcp-server:8000/mcp, mcp-server:8000",
        "http://MCP-Server:8000/mcp, mcp-server:8000",
        "http://tools.mcp.svc.cluster.local:8080/mcp, tools.mcp.svc.cluster.local:8080",
        "http://192.168.1.20:8000/mcp, 192.168.1.20:8000",
        "http://host.docker.internal/mcp, host.docker.internal"
    })
    void aListedHostHasServersWithHttp(String uri, String host) {
        List<Refusal> invalid = new ArrayList<>();
        McpServers servers = declare(uri, Set.of(host), invalid);
        assertThat(invalid).isEmpty();
        assertThat(decidedBy(ResourceBinding.decide(servers, new GrantedResources.Immediate(), List.of(uri)))
                        .audience())
                .containsExactly(uri);
        assertThat(decidedBy(ResourceBinding.decide(servers, new GrantedResources.Carried(List.of(uri)), List.of()))
                        .audience())
                .containsExactly(uri);
    }

    @ParameterizedTest
    @CsvSource({
        "http://mcp-server:8000/mcp, ''",
        "http://mcp-server:8000/mcp, mcp-server",
        "http://mcp-server:8000/mcp, mcp-server:8001",
        "http://evil.mcp-server:8000/mcp, mcp-server:8000",
        "ftp://mcp-server:8000/mcp, mcp-server:8000"
    })
    void noOtherHasAny(String uri, String host) {
        List<Refusal> invalid = new ArrayList<>();
        McpServers servers = declare(uri, Set.of(host), invalid);
        assertThat(invalid).hasSize(1);
        assertThat(servers.find(uri)).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void aServerWithHttpsIsNotAskedForByHttp() {
        McpServers servers = declare("https://mcp-server:8000/mcp", Set.of("mcp-server:8000"), new ArrayList<>());
        assertThat(servers.find("http://mcp-server:8000/mcp")).isInstanceOf(Verdict.Refused.class);
    }

    private static McpServers declare(String uri, Set<String> hosts, List<Refusal> invalid) {
        return McpServers.declare(
                new ServersDeclaration(List.of(uri), Map.of(), "", false, Map.of(), List.of(), false, hosts, false),
                invalid::add);
    }
}
