package io.github.keycloakmcp.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.resource.McpServers;
import org.junit.jupiter.api.Test;
import org.keycloak.models.ProtocolMapperModel;

import static io.github.keycloakmcp.rule.Verdicts.decidedBy;
import static org.assertj.core.api.Assertions.assertThat;

/** Which servers the mappers of a request open together. */
class DeclaredServersTest {

    private static final String A = "https://a.example/mcp";
    private static final String B = "https://b.example/mcp";

    private final DeclaredServers declared = new DeclaredServers();

    @Test
    void readsTheServersOfOurMappersOnly() {
        McpServers servers = declared.openedBy(
                Stream.of(mapper("mcp-resource-audience", A, ""), mapper("oidc-audience-mapper", B, B)));
        assertThat(decidedBy(servers.find(A)).uri()).isEqualTo(A);
        assertThat(servers.find(B)).isInstanceOf(Verdict.Refused.class);
        assertThat(servers.standard()).isEmpty();
    }

    @Test
    void joinsTheServersOfSeveralMappers() {
        McpServers servers = declared.openedBy(Stream.of(ours(A, ""), ours(B, B)));
        assertThat(decidedBy(servers.find(A)).uri()).isEqualTo(A);
        assertThat(servers.standard().orElseThrow().uri()).isEqualTo(B);
    }

    @Test
    void knowsNoServerWhereNoMapperDeclaresOne() {
        assertThat(declared.openedBy(Stream.of()).isEmpty()).isTrue();
        assertThat(declared.openedBy(Stream.of(ours("", ""))).isEmpty()).isTrue();
        ProtocolMapperModel empty = ours("", "");
        empty.setConfig(Map.of());
        assertThat(declared.openedBy(Stream.of(empty)).isEmpty()).isTrue();
    }

    @Test
    void readsAMapperAgainWhenItsDeclarationHasChanged() {
        assertThat(declared.openedBy(Stream.of(ours(A, A))).standard()).isPresent();
        assertThat(declared.openedBy(Stream.of(ours(A, ""))).standard()).isEmpty();
        assertThat(decidedBy(declared.openedBy(Stream.of(ours(B, ""))).find(B)).uri())
                .isEqualTo(B);
    }

    @Test
    void goesOnReadingAfterMoreDeclarationsThanItKeeps() {
        IntStream.range(0, 2_500).forEach(i -> {
            String uri = "https://s" + i + ".example/mcp";
            assertThat(decidedBy(declared.openedBy(Stream.of(ours(uri, ""))).find(uri))
                            .uri())
                    .isEqualTo(uri);
        });
    }

    @Test
    void leavesOutWhatIsMalformedAndTellsAnAdministratorWhoSavesIt() {
        ProtocolMapperModel mapper = ours(A + "##http://b.example/mcp", "https://c.example");
        List<Refusal> invalid = new ArrayList<>();
        DeclaredServers.check(mapper, invalid::add);
        assertThat(invalid).hasSize(2);
        assertThat(invalid.get(0).description()).contains("must use https");
        assertThat(invalid.get(1).description()).contains("default MCP server");
        assertThat(decidedBy(declared.openedBy(Stream.of(mapper)).find(A)).uri())
                .isEqualTo(A);
    }

    private static ProtocolMapperModel ours(String servers, String standard) {
        return mapper("mcp-resource-audience", servers, standard);
    }

    private static ProtocolMapperModel mapper(String provider, String servers, String standard) {
        ProtocolMapperModel mapper = new ProtocolMapperModel();
        mapper.setName("servers");
        mapper.setProtocolMapper(provider);
        mapper.setConfig(Map.of("mcp-servers", servers, "default-mcp-server", standard));
        return mapper;
    }
}
