package io.github.keycloakmcp.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import io.github.keycloakmcp.platform.ServerCatalogue;
import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.resource.GrantedResources;
import io.github.keycloakmcp.rule.resource.McpServers;
import io.github.keycloakmcp.rule.resource.ResourceBinding;
import org.junit.jupiter.api.Test;
import org.keycloak.models.ProtocolMapperModel;

import static io.github.keycloakmcp.rule.Verdicts.assertRefused;
import static io.github.keycloakmcp.rule.Verdicts.decidedBy;
import static org.assertj.core.api.Assertions.assertThat;

/** Which servers the mappers of a request open together. */
class DeclaredServersTest {

    private static final String A = "https://a.example/mcp";
    private static final String B = "https://b.example/mcp";

    private final DeclaredServers declared = new DeclaredServers();

    @Test
    void readsTheServersOfAMapper() {
        McpServers servers = declared.openedBy(List.of(ours(A, "")));
        assertThat(decidedBy(servers.find(A)).uri()).isEqualTo(A);
        assertThat(servers.find(B)).isInstanceOf(Verdict.Refused.class);
        assertThat(standard(servers)).isEmpty();
        assertThat(ServerCatalogue.isDeclaration(ours(A, ""))).isTrue();
        assertThat(ServerCatalogue.isDeclaration(mapper("oidc-audience-mapper", B, B)))
                .isFalse();
    }

    @Test
    void joinsTheServersOfSeveralMappers() {
        McpServers servers = declared.openedBy(List.of(ours(A, ""), ours(B, B)));
        assertThat(decidedBy(servers.find(A)).uri()).isEqualTo(A);
        assertThat(standard(servers)).contains(B);
    }

    @Test
    void leavesARequestAloneWhereNoMapperOfOursTakesPart() {
        assertThat(declared.openedBy(List.of()).isMcp()).isFalse();
    }

    @Test
    void opensNothingWhereAMapperOfOursDeclaresNoServer() {
        ProtocolMapperModel unset = ours("", "");
        unset.setConfig(Map.of());
        for (ProtocolMapperModel empty : List.of(ours("", ""), unset, ours("nonsense", ""))) {
            McpServers servers = declared.openedBy(List.of(empty));
            assertThat(servers.isMcp()).isTrue();
            assertRefused(servers.find(A), "invalid_target", A);
            assertThat(standard(servers)).isEmpty();
        }
    }

    @Test
    void readsAMapperAgainWhenItsDeclarationHasChanged() {
        assertThat(standard(declared.openedBy(List.of(ours(A, A))))).isPresent();
        assertThat(standard(declared.openedBy(List.of(ours(A, ""))))).isEmpty();
        assertThat(decidedBy(declared.openedBy(List.of(ours(B, ""))).find(B)).uri())
                .isEqualTo(B);
    }

    @Test
    void goesOnReadingAfterMoreDeclarationsThanItKeeps() {
        IntStream.range(0, 2_500).forEach(i -> {
            String uri = "https://s" + i + ".example/mcp";
            assertThat(decidedBy(declared.openedBy(List.of(ours(uri, ""))).find(uri))
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
        assertThat(decidedBy(declared.openedBy(List.of(mapper)).find(A)).uri()).isEqualTo(A);
    }

    /** The server that a client gets which names none. */
    private static Optional<String> standard(McpServers servers) {
        Verdict<ResourceBinding> verdict = ResourceBinding.decide(servers, new GrantedResources.Immediate(), List.of());
        if (verdict instanceof Verdict.Refused<ResourceBinding>) {
            assertRefused(verdict, "invalid_target", "resource is missing");
            return Optional.empty();
        }
        assertThat(decidedBy(verdict).resources()).hasSize(1);
        return Optional.of(decidedBy(verdict).resources().get(0));
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
