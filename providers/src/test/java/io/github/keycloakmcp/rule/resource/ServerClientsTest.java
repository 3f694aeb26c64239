package io.github.keycloakmcp.rule.resource;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.keycloakmcp.rule.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.keycloakmcp.rule.Verdicts.assertRefused;
import static io.github.keycloakmcp.rule.Verdicts.decidedBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** MCP servers that are clients of the realm: which of them a scope opens, and what stands in the token for them. */
class ServerClientsTest {

    private static final String A = "https://a.example/mcp";
    private static final String B = "https://b.example/mcp";

    /** How the client of C spells itself. */
    private static final String C = "HTTPS://C.example:443/mcp";

    private static final List<McpServer> CLIENTS = List.of(
            client(A + "/", "client-a", ""),
            client(C, "client-c", "c-user"),
            client("https://d.example", "client-d", ""));

    private static final McpServers DECLARED_ONLY =
            lookedUp(Declared.with(A, A, B).servers());

    private static final McpServers OPEN =
            lookedUp(Declared.with(A, A, B).openingClients().servers());

    @ParameterizedTest
    @ValueSource(strings = {A, "https://a.example/mcp/", "HTTPS://A.example:443/mcp"})
    void stampsTheDeclaredUriAndTheClientId(String asked) {
        for (McpServers servers : List.of(DECLARED_ONLY, OPEN)) {
            assertThat(decide(servers, asked).audience()).containsExactly("client-a", A);
            assertThat(decide(servers, asked).resources()).containsExactly(A);
            assertThat(decide(servers, asked).carried()).containsExactly(A);
        }
    }

    @Test
    void stampsTheUriAloneForAServerThatIsNoClient() {
        assertThat(decide(OPEN, B).audience()).containsExactly(B);
    }

    @Test
    void knowsTheDefaultServerAsAClientToo() {
        assertThat(DECLARED_ONLY.defaultServer().orElseThrow())
                .isEqualTo(decidedBy(DECLARED_ONLY.find(A)))
                .extracting(McpServer::client)
                .isEqualTo(new McpServer.Client("client-a", ""));
        assertThat(decide(DECLARED_ONLY).audience()).containsExactly("client-a", A);
    }

    @ParameterizedTest
    @ValueSource(strings = {C, "https://c.example/mcp", "https://c.example/mcp/", "https://C.EXAMPLE/mcp"})
    void opensAClientThatIsNotDeclaredOnlyIfTheScopeSaysSoAndStampsItsOwnSpelling(String asked) {
        assertThat(decide(OPEN, asked).audience()).containsExactlyInAnyOrder(C, "client-c");
        assertThat(decide(OPEN, asked).carried()).containsExactly(C);
        assertRefused(DECLARED_ONLY.find(asked), "invalid_target", "no requested scope grants access to it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://e.example/mcp", "https://c.example/other", "https://c.example:8443/mcp", "nonsense"})
    void opensNothingThatIsNeitherDeclaredNorAClient(String asked) {
        assertThat(OPEN.find(asked)).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void opensTheClientsOfARealmWithoutAnyDeclaredServer() {
        McpServers servers = lookedUp(Declared.with("").openingClients().servers());
        assertThat(decide(servers, "https://d.example/").audience()).containsExactly("client-d", "https://d.example");
        assertRefused(servers.find(B), "invalid_target", B);
        assertThat(servers.defaultServer()).isEmpty();
    }

    @Test
    void opensNoClientBeforeItKnowsTheRealm() {
        assertThat(Declared.with("", A).openingClients().servers().find(C)).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void opensClientsIfOneOfSeveralScopesDoes() {
        McpServers closed = Declared.with("", B).servers();
        McpServers open = Declared.with("", A).openingClients().servers();
        for (McpServers both : List.of(open.and(closed), closed.and(open))) {
            assertThat(decide(lookedUp(both), C).audience()).contains("client-c");
        }
        assertThat(lookedUp(closed.and(closed)).find(C)).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void givesAnAliasTheIdentityOfItsServer() {
        McpServers servers = lookedUp(Declared.with("", A)
                .aliases(Map.of("https://old.example/mcp", A))
                .servers());
        assertThat(decide(servers, "https://old.example/mcp").audience()).containsExactly("client-a", A);
    }

    @Test
    void makesNoMcpOfARequestThatHasNothingToDoWithIt() {
        assertThat(lookedUp(McpServers.NONE).isMcp()).isFalse();
        assertThat(lookedUp(McpServers.NONE).find(C)).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void endsAGrantWhenTheClientIsGone() {
        McpServers gone = Declared.with("", A).openingClients().servers();
        GrantedResources carried = new GrantedResources.Carried(List.of(C));
        assertThat(decidedBy(ResourceBinding.decide(OPEN, carried, List.of())).audience())
                .contains("client-c");
        assertRefused(ResourceBinding.decide(gone, carried, List.of()), "invalid_grant", "no longer available");
        assertRefused(
                ResourceBinding.decide(DECLARED_ONLY, carried, List.of()), "invalid_grant", "no longer available");
    }

    @Test
    void goesByWhatWasLookedUpLast() {
        assertThat(decide(OPEN.with(Map.of()), A).audience()).containsExactly(A);
        assertRefused(OPEN.with(Map.of()).find(C), "invalid_target", "no requested scope grants access to it");
    }

    @Test
    void knowsTheRoleThatAClientRequires() {
        assertThat(decidedBy(OPEN.find(C)).requiredRole()).contains("c-user");
        assertThat(decidedBy(OPEN.find(A)).requiredRole()).isEmpty();
        assertThat(decidedBy(OPEN.find(B)).requiredRole()).isEmpty();
    }

    private static ResourceBinding decide(McpServers servers, String... requested) {
        return decidedBy(ResourceBinding.decide(servers, new GrantedResources.Immediate(), List.of(requested)));
    }

    private static McpServer client(String uri, String clientId, String role) {
        return new McpServer(decidedBy(ResourceIndicator.parse(uri)), new McpServer.Client(clientId, role));
    }

    @Test
    void looksUpWhatTheRequestIsAboutAndNothingElse() {
        assertThat(OPEN.clientsBehind(List.of(B, B + "/", C, "nonsense")))
                .extracting(lookup -> lookup.resource().written(), ClientLookup::listed)
                .containsExactly(tuple(A, true), tuple(B, true), tuple(C, false));
        assertThat(DECLARED_ONLY.clientsBehind(List.of(C)))
                .extracting(lookup -> lookup.resource().written())
                .containsExactly(A);
        assertThat(Declared.with("", A).servers().clientsBehind(List.of())).isEmpty();
    }

    /** The servers, with the clients behind every URI of this test. */
    private static McpServers lookedUp(McpServers servers) {
        List<String> concerned = List.of(
                A,
                B,
                C,
                "https://c.example/mcp",
                "https://c.example/mcp/",
                "https://c.example/other",
                "https://d.example/",
                "https://old.example/mcp");
        Map<String, McpServer> found = new HashMap<>();
        servers.clientsBehind(concerned)
                .forEach(lookup -> CLIENTS.stream()
                        .filter(client -> client.resource().names(lookup.resource()))
                        .findFirst()
                        .ifPresent(client -> found.put(lookup.resource().canonical(), client)));
        return servers.with(found);
    }
}
