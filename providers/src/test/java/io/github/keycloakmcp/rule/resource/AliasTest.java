package io.github.keycloakmcp.rule.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.keycloakmcp.rule.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.keycloakmcp.rule.Verdicts.assertRefused;
import static io.github.keycloakmcp.rule.Verdicts.decidedBy;
import static org.assertj.core.api.Assertions.assertThat;

/** Other names of a server: they find it, and never reach a token. */
class AliasTest {

    private static final String A = "https://a.example/mcp";
    private static final String B = "https://b.example/mcp";
    private static final String OLD = "https://old.example/mcp";
    private static final String NOBODY = "https://nobody.example/mcp";

    private final List<Refusal> invalid = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(
            strings = {OLD, "HTTPS://OLD.example:443/mcp", "https://old.example/mcp/", A, "https://a.example/mcp/"})
    void findsTheServerByItsAliasHoweverItIsSpelled(String asked) {
        assertThat(decidedBy(declare("", Map.of(OLD, A)).find(asked)).uri()).isEqualTo(A);
        assertThat(invalid).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://old.example/other", "https://sub.old.example/mcp", "http://localhost/mcp", NOBODY})
    void findsNothingByWhatOnlyLooksLikeTheAlias(String asked) {
        assertRefused(declare("", Map.of(OLD, A)).find(asked), "invalid_target", "unknown resource");
    }

    @ParameterizedTest
    @ValueSource(strings = {A, "HTTPS://A.example:443/mcp", "https://a.example/mcp/"})
    void forgivesHowTheServerOfAnAliasIsSpelled(String server) {
        assertThat(decidedBy(declare("", Map.of(OLD, server)).find(OLD)).uri()).isEqualTo(A);
        assertThat(invalid).isEmpty();
    }

    @Test
    void aServerGoesBeforeAnAliasOfAnotherScopeInEitherOrder() {
        McpServers aliasing = Declared.with("", A).aliases(Map.of(B, A)).servers();
        McpServers declaring = Declared.with("", B).servers();
        assertThat(decidedBy(aliasing.and(declaring).find(B)).uri()).isEqualTo(B);
        assertThat(decidedBy(declaring.and(aliasing).find(B)).uri()).isEqualTo(B);
    }

    @Test
    void anAliasThatTwoScopesGiveToDifferentServersNamesNone() {
        McpServers one = Declared.with("", A).aliases(Map.of(OLD, A)).servers();
        McpServers other = Declared.with("", B).aliases(Map.of(OLD, B)).servers();
        assertRefused(one.and(other).find(OLD), "invalid_target", "unknown resource");
        assertRefused(other.and(one).find(OLD), "invalid_target", "unknown resource");
    }

    @Test
    void anAliasThatIsAServerButForTheSlashIsReported() {
        McpServers servers = declare("", Map.of(A + "/", B));
        assertThat(decidedBy(servers.find(A + "/")).uri()).isEqualTo(A);
        assertThat(invalid).hasSize(1);
    }

    @Test
    void twoSpellingsOfOneAliasWithDifferentServersNameNone() {
        McpServers servers = declare("", Map.of(OLD, A, "HTTPS://OLD.example:443/mcp", B));
        assertRefused(servers.find(OLD), "invalid_target", "unknown resource");
        assertThat(invalid)
                .hasSize(1)
                .first()
                .extracting(Refusal::description)
                .asString()
                .contains("two servers");
    }

    @Test
    void namesTheDeclaredUriInTheToken() {
        McpServers servers = declare("", Map.of(OLD, A));
        ResourceBinding binding =
                decidedBy(ResourceBinding.decide(servers, new GrantedResources.Asserted(List.of(OLD)), List.of(OLD)));
        assertThat(binding.audience()).containsExactly(A);
        assertThat(binding.carried()).containsExactly(A);
        assertThat(binding.resources()).containsExactly(A);
    }

    @Test
    void takesAnAliasAndItsServerForOne() {
        McpServers servers = declare("", Map.of(OLD, A));
        assertThat(decidedBy(servers.findAll(List.of(OLD, A, OLD)))).hasSize(1);
        GrantedResources carried = new GrantedResources.Carried(List.of(A));
        assertThat(decidedBy(ResourceBinding.decide(servers, carried, List.of(A)))
                        .audience())
                .containsExactly(A);
        assertThat(decidedBy(ResourceBinding.decide(servers, carried, List.of(OLD)))
                        .audience())
                .containsExactly(A);
        assertRefused(ResourceBinding.decide(servers, carried, List.of(B)), "invalid_target", "not granted");
    }

    @Test
    void isNothingThatAGrantCanCarry() {
        GrantedResources carried = new GrantedResources.Carried(List.of(OLD));
        McpServers servers = declare("", Map.of(OLD, A));
        assertRefused(ResourceBinding.decide(servers, carried, List.of()), "invalid_grant", "no longer available");
    }

    @Test
    void movesNoGrantWhenItNamesAnotherServer() {
        GrantedResources carried = new GrantedResources.Carried(List.of(A));
        McpServers turned = declare("", Map.of(OLD, B));
        assertThat(decidedBy(ResourceBinding.decide(turned, carried, List.of())).audience())
                .containsExactly(A);
        assertRefused(ResourceBinding.decide(turned, carried, List.of(OLD)), "invalid_target", "not granted");
    }

    @Test
    void mayHaveSeveralAliasesAndNameADefaultByOne() {
        McpServers servers = declare(OLD, Map.of(OLD, A, "https://older.example", A, "https://b.old.example", B));
        assertThat(decidedBy(servers.find("https://older.example/")).uri()).isEqualTo(A);
        assertThat(decidedBy(servers.find("https://b.old.example")).uri()).isEqualTo(B);
        assertThat(servers.defaultServer().orElseThrow().uri()).isEqualTo(A);
        assertThat(invalid).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        OLD + ", " + NOBODY + ", an alias must name a declared MCP server and not be one itself: " + OLD,
        OLD + ", nonsense, an alias must name a declared MCP server and not be one itself: " + OLD,
        OLD + ", " + OLD + ", an alias must name a declared MCP server and not be one itself: " + OLD,
        B + ", " + A + ", an alias must name a declared MCP server and not be one itself: " + B,
        "HTTPS://B.example:443/mcp, " + A + ", an alias must name a declared MCP server",
        A + ", " + A + ", an alias must name a declared MCP server",
        "http://old.example/mcp, " + A + ", must use https",
        "https://old.example/mcp#x, " + A + ", fragment",
        "nonsense, " + A + ", absolute URI with a host"
    })
    void leavesOutAnAliasThatIsNoneAndReportsIt(String alias, String server, String problem) {
        McpServers servers = declare("", Map.of(alias, server));
        assertThat(invalid).hasSize(1);
        assertThat(invalid.get(0).description()).contains(problem);
        assertRefused(servers.find(OLD), "invalid_target", OLD);
        assertThat(decidedBy(servers.find(A)).uri()).isEqualTo(A);
        assertThat(decidedBy(servers.find(B)).uri()).isEqualTo(B);
    }

    @Test
    void isNoAliasOfAnAlias() {
        String older = "https://older.example/mcp";
        McpServers servers = declare("", Map.of(OLD, A, older, OLD));
        assertThat(invalid)
                .extracting(Refusal::description)
                .singleElement()
                .asString()
                .contains(older);
        assertRefused(servers.find(older), "invalid_target", older);
    }

    @Test
    void keepsItsAliasesBesideAnotherCatalogue() {
        McpServers both =
                declare("", Map.of(OLD, A)).and(Declared.with("", NOBODY).servers());
        assertThat(decidedBy(both.find(OLD)).uri()).isEqualTo(A);
        McpServers turned = Declared.with("", NOBODY).servers().and(declare("", Map.of(OLD, A)));
        assertThat(decidedBy(turned.find(OLD)).uri()).isEqualTo(A);
    }

    private McpServers declare(String standard, Map<String, String> aliases) {
        return Declared.with(standard, A, B).aliases(aliases).into(invalid);
    }
}
