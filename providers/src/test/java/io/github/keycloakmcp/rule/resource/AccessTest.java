package io.github.keycloakmcp.rule.resource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import io.github.keycloakmcp.rule.Verdict;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.github.keycloakmcp.rule.Verdicts.assertRefused;
import static io.github.keycloakmcp.rule.Verdicts.decidedBy;
import static io.github.keycloakmcp.rule.Verdicts.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;

/** Who may use an MCP server that requires a role. */
class AccessTest {

    /** The servers of the tables below, by letter; {@code p} is open to everybody. */
    private static final Map<String, McpServer> SERVERS = Map.of(
            "a", server("a", new McpServer.Client("client-a", "a-user")),
            "b", server("b", new McpServer.Client("client-b", "client-b.user")),
            "p", server("p", new McpServer.Client("client-p", "")),
            "n", server("n", null));

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            a       | a-user
            a       | other a-user
            b       | client-b.user
            p       | -
            n       | -
            p n     | -
            a p n   | a-user
            a b     | a-user client-b.user
            a b p n | a-user client-b.user
            """)
    void letsInWhoeverHasTheRoleOfEveryServer(String servers, @Nullable String roles) {
        ResourceBinding binding = binding(servers);
        assertThat(decidedBy(binding.accessibleTo(roles(roles)::contains))).isSameAs(binding);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            a       | -             | a
            a       | client-b.user | a
            a       | A-USER        | a
            b       | user          | b
            b       | a-user        | b
            a p n   | client-b.user | a
            a b     | a-user        | b
            a b     | client-b.user | a
            a b p n | a-user        | b
            """)
    void keepsOutWhoeverMissesTheRoleOfOneServer(String servers, @Nullable String roles, String missed) {
        Verdict<ResourceBinding> verdict = binding(servers).accessibleTo(roles(roles)::contains);
        assertRefused(verdict, "access_denied", "no access to the MCP server https://" + missed + ".example/mcp");
        assertThat(refusalOf(verdict).detail()).contains("required role");
        assertThat(refusalOf(verdict).description()).doesNotContain("user");
    }

    @Test
    void asksForNoRoleWhereNoneIsRequired() {
        List<String> asked = new ArrayList<>();
        decidedBy(binding("p n").accessibleTo(role -> !asked.add(role)));
        assertThat(asked).isEmpty();
    }

    @Test
    void asksForTheServersOfThisTokenOnlyAndNotForTheWholeGrant() {
        ResourceBinding narrowed =
                new ResourceBinding(Set.of(SERVERS.get("a"), SERVERS.get("p")), Set.of(SERVERS.get("p")));
        assertThat(decidedBy(narrowed.accessibleTo(role -> false))).isSameAs(narrowed);
    }

    @Test
    void aServerThatRequiresDpopGetsNoTokenWithoutAProof() {
        McpServer careful = server("d", new McpServer.Client("client-d", "", true));
        ResourceBinding both =
                new ResourceBinding(Set.of(careful, SERVERS.get("p")), Set.of(careful, SERVERS.get("p")));
        assertRefused(both.boundToKey(false), "invalid_dpop_proof", "https://d.example/mcp requires DPoP");
        assertThat(decidedBy(both.boundToKey(true))).isSameAs(both);
        ResourceBinding narrowed = new ResourceBinding(Set.of(careful, SERVERS.get("p")), Set.of(SERVERS.get("p")));
        assertThat(decidedBy(narrowed.boundToKey(false))).isSameAs(narrowed);
    }

    private static ResourceBinding binding(String letters) {
        Set<McpServer> servers = Set.copyOf(Stream.of(letters.split(" "))
                .map(letter -> Objects.requireNonNull(SERVERS.get(letter)))
                .toList());
        return new ResourceBinding(servers, servers);
    }

    private static List<String> roles(@Nullable String roles) {
        return roles == null ? List.of() : Arrays.asList(roles.split(" "));
    }

    private static McpServer server(String letter, McpServer.@Nullable Client client) {
        return new McpServer(decidedBy(ResourceIndicator.parse("https://" + letter + ".example/mcp")), client);
    }
}
