package io.github.keycloakmcp.rule.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.keycloakmcp.rule.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.keycloakmcp.rule.Verdicts.assertRefused;
import static io.github.keycloakmcp.rule.Verdicts.decidedBy;
import static org.assertj.core.api.Assertions.assertThat;

/** What a catalogue of declared servers knows. */
class McpServersTest {

    private static final String A = "https://a.example/mcp";
    private static final String B = "https://b.example/mcp";
    private static final String C = "https://c.example/mcp";

    private final List<Refusal> invalid = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {A, "HTTPS://A.EXAMPLE/mcp", "https://a.example:443/mcp", "https://a.example/mcp/"})
    void findsAServerHoweverItIsSpelledAndKeepsTheDeclaredSpelling(String asked) {
        assertThat(decidedBy(declare("", A, B).find(asked)).uri()).isEqualTo(A);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                C,
                "https://a.example",
                "https://a.example/MCP",
                "https://a.example/mcp//",
                "https://a.example/mcp/sub",
                "https://a.example/x/../mcp",
                "https://a.example/%6dcp",
                "https://a.example:8443/mcp",
                "https://a.example./mcp",
                "https://sub.a.example/mcp",
                "https://a.example.evil.example/mcp"
            })
    void refusesAServerThatOnlyLooksLikeADeclaredOne(String asked) {
        assertRefused(declare("", A, B).find(asked), "invalid_target", "no requested scope grants access to it");
    }

    @Test
    void refusesAMalformedResourceWithWhatIsWrongWithIt() {
        assertRefused(declare("", A).find("https://a.example/mcp#x"), "invalid_target", "fragment");
    }

    @Test
    void findsAServerDeclaredWithATrailingSlash() {
        McpServers servers = declare("", A + "/");
        assertThat(decidedBy(servers.find(A)).uri()).isEqualTo(A + "/");
        assertThat(decidedBy(servers.find(A + "/")).uri()).isEqualTo(A + "/");
    }

    @Test
    void opensWhatIsDeclaredLetterByLetter() {
        McpServers servers = Declared.with("", A, B + "/").aliases(Map.of(C, A)).servers();
        assertThat(servers.opens(A)).isTrue();
        assertThat(servers.opens(B + "/")).isTrue();
        for (String other : List.of(A + "/", B, C, "HTTPS://a.example/mcp", "nonsense")) {
            assertThat(servers.opens(other)).as(other).isFalse();
        }
    }

    @Test
    void keepsTwoServersThatDifferInTheSlashApart() {
        McpServers servers = declare("", A, A + "/");
        assertThat(decidedBy(servers.find(A)).uri()).isEqualTo(A);
        assertThat(decidedBy(servers.find(A + "/")).uri()).isEqualTo(A + "/");
    }

    @Test
    void forgivesTheLoneSlashOfAServerAtTheRoot() {
        assertThat(decidedBy(declare("", "https://a.example").find("https://a.example/"))
                        .uri())
                .isEqualTo("https://a.example");
        assertThat(decidedBy(declare("", "https://a.example/").find("https://a.example"))
                        .uri())
                .isEqualTo("https://a.example/");
    }

    @Test
    void takesTheFirstOfTwoSpellingsOfOneServer() {
        assertThat(decidedBy(declare("", A, "https://A.example/mcp").find(A)).uri())
                .isEqualTo(A);
    }

    @Test
    void leavesOutWhatItCannotMatchAndReportsIt() {
        McpServers servers = declare("", "http://a.example/mcp", "nonsense", B);
        assertThat(decidedBy(servers.find(B)).uri()).isEqualTo(B);
        assertThat(invalid)
                .extracting(Refusal::description)
                .hasSize(2)
                .first()
                .asString()
                .contains("must use https");
    }

    @Test
    void opensNothingWhereNothingUsableIsDeclaredButHasToDoWithMcp() {
        for (McpServers nothing : List.of(declare(""), declare("", "nonsense"), declare(A))) {
            assertThat(nothing.isMcp()).isTrue();
            assertRefused(nothing.find(A), "invalid_target", "no requested scope grants access to it");
            assertThat(nothing.defaultServer()).isEmpty();
            assertThat(nothing.legacyServer()).isEmpty();
        }
        assertThat(declare("", A).isMcp()).isTrue();
        assertThat(McpServers.NONE.isMcp()).isFalse();
        assertThat(McpServers.NONE.defaultServer()).isEmpty();
    }

    @Test
    void holdsTheServersOfBothCatalogues() {
        McpServers both = declare("", A).and(declare("", B));
        assertThat(decidedBy(both.find(A)).uri()).isEqualTo(A);
        assertThat(decidedBy(both.find(B)).uri()).isEqualTo(B);
        assertRefused(both.find(C), "invalid_target", C);
    }

    @Test
    void losesNothingBesideAnEmptyCatalogue() {
        McpServers one = declare(A, A);
        assertThat(one.and(McpServers.NONE).defaultServer())
                .isEqualTo(one.defaultServer())
                .isPresent();
        assertThat(McpServers.NONE.and(one).defaultServer()).isEqualTo(one.defaultServer());
        assertThat(McpServers.NONE.and(McpServers.NONE).isMcp()).isFalse();
        assertThat(McpServers.NONE.and(declare("")).isMcp()).isTrue();
        assertThat(declare("").and(McpServers.NONE).isMcp()).isTrue();
        assertThat(decidedBy(declare("").and(one).find(A)).uri()).isEqualTo(A);
    }

    @Test
    void findsEachOfManyServersOnceAndRefusesAllForOneUnknown() {
        McpServers servers = declare("", A, B);
        assertThat(decidedBy(servers.findAll(List.of(B, A, A + "/"))))
                .extracting(McpServer::uri)
                .containsExactly(B, A);
        assertRefused(servers.findAll(List.of(A, C)), "invalid_target", C);
        assertThat(decidedBy(servers.findAll(List.of()))).isEmpty();
    }

    @Test
    void knowsTenThousandServers() {
        String[] uris = IntStream.range(0, 10_000)
                .mapToObj(i -> "https://s" + i + ".example/mcp")
                .toArray(String[]::new);
        McpServers servers = declare(uris[9_999], uris);
        assertThat(decidedBy(servers.find(uris[5_000] + "/")).uri()).isEqualTo(uris[5_000]);
        assertThat(servers.defaultServer().orElseThrow().uri()).isEqualTo(uris[9_999]);
    }

    private McpServers declare(String standard, String... uris) {
        return Declared.with(standard, uris).into(invalid);
    }
}
