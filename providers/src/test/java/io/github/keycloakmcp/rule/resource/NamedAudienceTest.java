package io.github.keycloakmcp.rule.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.keycloakmcp.rule.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.github.keycloakmcp.rule.Verdicts.decidedBy;
import static org.assertj.core.api.Assertions.assertThat;

/** A name beside the URI in {@code aud}: for one server, and never a URI. */
class NamedAudienceTest {

    private static final String A = "https://a.example/mcp";
    private static final String B = "https://b.example/mcp";
    private static final String C = "https://c.example/mcp";

    @Test
    void isAddedForItsServerOnly() {
        McpServers servers = declare(Map.of("gateway", A, "mcp-server", A + "/"), new ArrayList<>());
        assertThat(audience(servers, A)).containsExactly("gateway", A, "mcp-server");
        assertThat(audience(servers, B)).containsExactly(B);
    }

    /** Before a token is sent, these names are told from the URIs of other servers. */
    @Test
    void isKnownForEachServerThatTheTokenIsFor() {
        McpServers servers = declare(Map.of("gateway", A, "mcp-server", B, "other", C), new ArrayList<>());
        assertThat(binding(servers, A).named()).containsExactly("gateway");
        assertThat(binding(servers, A, B).named()).containsExactlyInAnyOrder("gateway", "mcp-server");
        assertThat(new ResourceBinding(Set.of(), Set.of()).named()).isEmpty();
    }

    @Test
    void staysBesideTheClientOfTheServer() {
        McpServers servers = declare(Map.of("gateway", A), new ArrayList<>());
        McpServer client = new McpServer(decidedBy(ResourceIndicator.parse(A)), new McpServer.Client("client", ""));
        assertThat(audience(servers.with(Map.of(A, client)), A)).containsExactlyInAnyOrder(A, "client", "gateway");
    }

    @ParameterizedTest
    @CsvSource({
        B + ", " + A,
        "urn:example:b, " + A,
        "b.example/mcp, " + A,
        "a b, " + A,
        "gateway, https://nowhere.example/mcp",
        "gateway, gateway"
    })
    void isRefusedWhereItCouldBeAnotherServersOrNoServers(String name, String server) {
        List<Refusal> invalid = new ArrayList<>();
        McpServers servers = declare(Map.of(name, server), invalid);
        assertThat(invalid)
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.description()).contains("additional audience"));
        assertThat(audience(servers, A)).containsExactly(A);
    }

    private static McpServers declare(Map<String, String> named, List<Refusal> invalid) {
        return McpServers.declare(
                new ServersDeclaration(List.of(A, B, C), Map.of(), "", false, named, List.of(), false, Set.of(), false),
                invalid::add);
    }

    private static List<String> audience(McpServers servers, String resource) {
        return binding(servers, resource).audience();
    }

    private static ResourceBinding binding(McpServers servers, String... resources) {
        return decidedBy(ResourceBinding.decide(servers, new GrantedResources.Immediate(), List.of(resources)));
    }
}
