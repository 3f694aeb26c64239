package io.github.keycloakmcp.rule.diagnosis;

import java.util.List;

import io.github.keycloakmcp.rule.resource.GrantedResources;
import io.github.keycloakmcp.rule.resource.McpServers;
import io.github.keycloakmcp.rule.resource.ServerAccess;
import io.github.keycloakmcp.rule.resource.ServersDeclaration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Whether a user gets a token, from facts. */
class UserChecksTest {

    private static final String SERVER = "https://tools.example.com/mcp";

    @ParameterizedTest
    @CsvSource({
        "true, false, '', true, ''",
        "false, false, '', true, user-disabled",
        "true, true, '', true, user-locked",
        "true, false, UPDATE_PASSWORD, true, user-has-to-act",
        "true, false, '', false, user-without-offline-access"
    })
    void ofTheAccount(boolean enabled, boolean locked, String action, boolean offline, String id) {
        List<String> actions = action.isEmpty() ? List.of() : List.of(action);
        List<Finding> findings = UserChecks.of(new UserFacts("alice", enabled, locked, actions, offline, List.of()));
        assertThat(findings).extracting(Finding::id).isEqualTo(id.isEmpty() ? List.of() : List.of(id));
        assertThat(findings).allSatisfy(finding -> assertThat(finding.what()).contains("alice"));
    }

    @Test
    void aMissingRoleNamesUserServerAndRole() {
        McpServers open = McpServers.declare(ServersDeclaration.of(SERVER), refusal -> {});
        McpServers closed = McpServers.declare(ServersDeclaration.of(), refusal -> {});
        ServerAccess access = ServerAccess.decide(
                open, closed, new GrantedResources.Immediate(), List.of(SERVER), List.of("editor"), role -> false);
        assertThat(of(access)).satisfies(finding -> {
            assertThat(finding.id()).isEqualTo("user-without-role");
            assertThat(finding.severity()).isEqualTo(Finding.Severity.ERROR);
            assertThat(finding.what()).contains("alice", "editor", SERVER);
        });
        assertThat(((ServerAccess.Denied) access).refusal().role()).isEqualTo("editor");
        assertThat(of(ServerAccess.decide(
                                open, open, new GrantedResources.Immediate(), List.of(SERVER), List.of(), role -> true))
                        .id())
                .isEqualTo("user-has-access");
        assertThat(of(new ServerAccess.NotMcp()).id()).isEqualTo("user-without-access");
    }

    @Test
    void anUnknownResourceIsNoMatterOfRoles() {
        McpServers none = McpServers.declare(ServersDeclaration.of(), refusal -> {});
        ServerAccess access = ServerAccess.decide(
                none, none, new GrantedResources.Immediate(), List.of(SERVER), List.of(), role -> true);
        assertThat(of(access).id()).isEqualTo("user-without-access");
        assertThat(of(access).fix()).contains("POST …/mcp/servers");
    }

    private static Finding of(ServerAccess access) {
        return UserChecks.of(new UserFacts("alice", true, false, List.of(), true, List.of(access)))
                .get(0);
    }
}
