package io.github.keycloakmcp.rule.resource;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What comes of a login, as soon as it is known who logs in. */
class ServerAccessTest {

    private static final String A = "https://a.example/mcp";
    private static final String B = "https://b.example/mcp";
    private static final McpServers BOTH = Declared.with("", A, B).servers();
    private static final McpServers ONLY_B = Declared.with("", B).servers();

    @Test
    void grantsTheServerThatTheLoginIsFor() {
        assertThat(decide(BOTH, BOTH, A, Set.of())).isEqualTo(new ServerAccess.Granted(server(BOTH)));
    }

    @Test
    void hasNothingToDoWithALoginWithoutMcpScope() {
        assertThat(decide(McpServers.NONE, McpServers.NONE, A, Set.of())).isInstanceOf(ServerAccess.NotMcp.class);
    }

    @Test
    void deniesAServerWhoseScopesTheUserHasNoRoleFor() {
        for (McpServers permitted : List.of(McpServers.NONE, ONLY_B)) {
            ServerAccess.Denied denied = denied(decide(BOTH, permitted, A, Set.of()));
            assertThat(denied.server()).isEqualTo(A);
            assertThat(denied.role()).isEqualTo("mcp-user or api.user");
            assertThat(denied.refusal().error()).isEqualTo("access_denied");
            assertThat(denied.refusal().status()).isEqualTo(400);
            assertThat(denied.refusal().detail()).contains("mcp-user or api.user");
        }
    }

    @Test
    void asksNoRoleOfAScopeThatTheServerDoesNotNeed() {
        assertThat(decide(BOTH, ONLY_B, B, Set.of())).isInstanceOf(ServerAccess.Granted.class);
    }

    @Test
    void deniesAServerThatRequiresARoleOfItsOwn() {
        McpServer.Client client = new McpServer.Client("client-a", "a-user");
        McpServers servers = BOTH.with(Map.of(A, new McpServer(server(BOTH).resource(), client)));
        assertThat(decide(servers, servers, A, Set.of("a-user"))).isInstanceOf(ServerAccess.Granted.class);
        ServerAccess.Denied denied = denied(decide(servers, servers, A, Set.of("other")));
        assertThat(denied.role()).isEqualTo("a-user");
        assertThat(denied.refusal().error()).isEqualTo("access_denied");
        assertThat(denied.refusal().detail()).contains("required role", "a-user");
    }

    @Test
    void deniesAServerThatIsGoneSinceTheLoginBegan() {
        ServerAccess.Denied denied = denied(decide(ONLY_B, ONLY_B, A, Set.of()));
        assertThat(denied.refusal().error()).isEqualTo("invalid_grant");
        assertThat(denied.server()).isEmpty();
        assertThat(denied.role()).isEmpty();
    }

    @Test
    void fixesTheDeclaredUriWhateverTheRequestNames() {
        ServerAccess access = ServerAccess.decide(
                BOTH, BOTH, new GrantedResources.Immediate(), List.of(A + "/"), List.of(), role -> false);
        assertThat(access).isEqualTo(new ServerAccess.Granted(server(BOTH)));
    }

    private static ServerAccess decide(McpServers requested, McpServers permitted, String uri, Set<String> roles) {
        return ServerAccess.decide(
                requested,
                permitted,
                new GrantedResources.Carried(List.of(uri)),
                List.of(),
                List.of("mcp-user", "api.user"),
                roles::contains);
    }

    private static ServerAccess.Denied denied(ServerAccess access) {
        assertThat(access).isInstanceOf(ServerAccess.Denied.class);
        return (ServerAccess.Denied) access;
    }

    private static McpServer server(McpServers servers) {
        return servers.declaredAs(A).orElseThrow();
    }
}
