package io.github.keycloakmcp.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.resource.GrantedResources;
import io.github.keycloakmcp.rule.resource.McpServer;
import io.github.keycloakmcp.rule.resource.McpServers;
import io.github.keycloakmcp.rule.resource.ResourceBinding;
import io.github.keycloakmcp.rule.resource.ResourceIndicator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.provider.ProviderConfigProperty;

import static io.github.keycloakmcp.rule.Verdicts.assertRefused;
import static io.github.keycloakmcp.rule.Verdicts.decidedBy;
import static org.assertj.core.api.Assertions.assertThat;

/** What each setting of a mapper means for the servers it opens. */
class DeclaredSettingsTest {

    private static final String A = "https://a.example/mcp";
    private static final String B = "https://b.example/mcp";
    private static final String OF_A_CLIENT = "https://client.example/mcp";

    /** A realm in which one client is an MCP server. */
    private static final Map<String, McpServer> CLIENTS = Map.of(
            OF_A_CLIENT,
            new McpServer(decidedBy(ResourceIndicator.parse(OF_A_CLIENT)), new McpServer.Client("client", "")));

    private final DeclaredServers declared = new DeclaredServers();

    @Test
    void readsEverySetting() {
        McpServers servers = declared.openedBy(List.of(configured(Map.of(
                        "mcp-servers",
                        A + "##" + B,
                        "mcp-server-aliases",
                        "https://old.example/mcp " + A,
                        "default-mcp-server",
                        B,
                        "include-clients",
                        "true",
                        "legacy-refresh-tokens",
                        "bind-to-default"))))
                .with(CLIENTS);
        assertThat(decidedBy(servers.find(A)).uri()).isEqualTo(A);
        assertThat(decidedBy(servers.find("https://old.example/mcp")).uri()).isEqualTo(A);
        assertThat(standard(servers)).contains(B);
        assertThat(legacy(servers)).contains(B);
        assertThat(decidedBy(servers.find(OF_A_CLIENT)).uri()).isEqualTo(OF_A_CLIENT);
    }

    @Test
    void startsWithTheStrictestOfEverySetting() {
        McpServers servers =
                declared.openedBy(List.of(configured(Map.of("mcp-servers", A)))).with(CLIENTS);
        assertThat(standard(servers)).isEmpty();
        assertThat(legacy(servers)).isEmpty();
        assertThat(servers.find(OF_A_CLIENT)).isInstanceOf(Verdict.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reject", "", "Bind-To-Default", "bind-to-default ", "bind", "true"})
    void rejectsOldRefreshTokensUnlessTheSettingSaysOtherwiseWordForWord(String word) {
        McpServers servers = declared.openedBy(
                List.of(configured(Map.of("mcp-servers", A, "default-mcp-server", A, "legacy-refresh-tokens", word))));
        assertThat(standard(servers)).isPresent();
        assertThat(legacy(servers)).isEmpty();
    }

    @Test
    void neverRenamesASetting() {
        assertThat(DeclaredServers.PROPERTIES)
                .extracting(ProviderConfigProperty::getName)
                .contains(
                        "mcp-servers",
                        "mcp-server-aliases",
                        "default-mcp-server",
                        "include-clients",
                        "advertise-servers",
                        "server-scope",
                        "sensitive",
                        "legacy-refresh-tokens",
                        "refresh-token-grace");
        assertThat(DeclaredServers.GRACE.in(Map.of())).isEqualTo(10);
        assertThat(DeclaredServers.LEGACY.property().getOptions()).containsExactly("reject", "bind-to-default");
    }

    @Test
    void tellsAnAdministratorAboutAnAliasOfNothing() {
        List<Refusal> invalid = new ArrayList<>();
        DeclaredServers.check(
                configured(Map.of("mcp-servers", A, "mcp-server-aliases", "https://old.example/mcp " + B)),
                invalid::add);
        assertThat(invalid)
                .extracting(Refusal::description)
                .singleElement()
                .asString()
                .contains("old.example");
    }

    /** The server that a client gets which names none. */
    private static Optional<String> standard(McpServers servers) {
        return only(ResourceBinding.decide(servers, new GrantedResources.Immediate(), List.of()), "invalid_target");
    }

    /** The server that a refresh token from before the installation is for. */
    private static Optional<String> legacy(McpServers servers) {
        return only(ResourceBinding.decide(servers, new GrantedResources.Legacy(), List.of()), "invalid_grant");
    }

    private static Optional<String> only(Verdict<ResourceBinding> verdict, String error) {
        if (verdict instanceof Verdict.Refused<ResourceBinding>) {
            assertRefused(verdict, error, "");
            return Optional.empty();
        }
        assertThat(decidedBy(verdict).resources()).hasSize(1);
        return Optional.of(decidedBy(verdict).resources().get(0));
    }

    private static ProtocolMapperModel configured(Map<String, String> config) {
        ProtocolMapperModel mapper = new ProtocolMapperModel();
        mapper.setName("servers");
        mapper.setProtocolMapper("mcp-resource-audience");
        mapper.setConfig(config);
        return mapper;
    }
}
