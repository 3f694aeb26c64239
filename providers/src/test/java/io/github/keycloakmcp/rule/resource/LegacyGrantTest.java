package io.github.keycloakmcp.rule.resource;

import java.util.List;

import io.github.keycloakmcp.rule.Verdict;
import org.junit.jupiter.api.Test;

import static io.github.keycloakmcp.rule.Verdicts.assertRefused;
import static io.github.keycloakmcp.rule.Verdicts.decidedBy;
import static org.assertj.core.api.Assertions.assertThat;

/** Refresh tokens from before the installation. */
class LegacyGrantTest {

    private static final String A = "https://a.example/mcp";
    private static final String B = "https://b.example/mcp";
    private static final String C = "https://c.example/mcp";

    private static final GrantedResources LEGACY = new GrantedResources.Legacy();
    private static final McpServers SERVERS = declare("", A, B);
    private static final McpServers WITH_DEFAULT = declare(B, A, B);

    @Test
    void refusesARefreshTokenThatIsBoundToNothing() {
        assertRefused(decide(SERVERS, LEGACY), "invalid_grant", "not for an MCP server");
        assertRefused(decide(WITH_DEFAULT, LEGACY), "invalid_grant", "not for an MCP server");
        assertRefused(decide(WITH_DEFAULT, LEGACY, A), "invalid_grant", "not for an MCP server");
        assertRefused(decide(WITH_DEFAULT, LEGACY, B), "invalid_grant", "not for an MCP server");
        assertRefused(decide(McpServers.NONE, LEGACY), "invalid_grant", "not for an MCP server");
    }

    @Test
    void bindsAnOldRefreshTokenToTheDefaultIfTheAdministratorWantsIt() {
        McpServers servers = Declared.with(B, A, B).bindingLegacyToDefault().servers();
        assertBinding(decided(servers, LEGACY), List.of(B), List.of(B));
        assertBinding(decided(servers, LEGACY, B), List.of(B), List.of(B));
        assertRefused(decide(servers, LEGACY, A), "invalid_target", "resource was not granted");
        assertRefused(decide(servers, LEGACY, C), "invalid_target", C);
    }

    @Test
    void refusesAnOldRefreshTokenWhereThereIsNoDefaultToBindItTo() {
        McpServers servers = Declared.with("", A, B).bindingLegacyToDefault().servers();
        assertRefused(decide(servers, LEGACY), "invalid_grant", "not for an MCP server");
        assertRefused(decide(servers, LEGACY, A), "invalid_grant", "not for an MCP server");
        McpServers disagreeing = Declared.with(A, A)
                .bindingLegacyToDefault()
                .servers()
                .and(Declared.with(B, B).bindingLegacyToDefault().servers());
        assertRefused(decide(disagreeing, LEGACY), "invalid_grant", "not for an MCP server");
    }

    @Test
    void refusesAnOldRefreshTokenIfOneOfSeveralScopesDoes() {
        McpServers binding = Declared.with(A, A).bindingLegacyToDefault().servers();
        McpServers refusing = declare("", B);
        assertRefused(decide(binding.and(refusing), LEGACY), "invalid_grant", "not for an MCP server");
        assertRefused(decide(refusing.and(binding), LEGACY), "invalid_grant", "not for an MCP server");
        assertBinding(decided(binding.and(McpServers.NONE), LEGACY), List.of(A), List.of(A));
        assertBinding(decided(binding.and(binding), LEGACY), List.of(A), List.of(A));
    }

    private static void assertBinding(ResourceBinding binding, List<String> granted, List<String> effective) {
        assertThat(binding.carried()).isEqualTo(granted);
        assertThat(binding.audience()).isEqualTo(effective);
        assertThat(binding.resources()).isEqualTo(effective);
    }

    private static ResourceBinding decided(McpServers servers, GrantedResources source, String... requested) {
        return decidedBy(decide(servers, source, requested));
    }

    private static Verdict<ResourceBinding> decide(McpServers servers, GrantedResources source, String... requested) {
        return ResourceBinding.decide(servers, source, List.of(requested));
    }

    private static McpServers declare(String standard, String... uris) {
        return Declared.with(standard, uris).servers();
    }
}
