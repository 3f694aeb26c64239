package io.github.keycloakmcp.rule.diagnosis;

import java.util.List;
import java.util.Optional;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.registration.KnownClient;
import io.github.keycloakmcp.rule.registration.KnownClients;
import io.github.keycloakmcp.rule.resource.McpServers;
import io.github.keycloakmcp.rule.resource.ServersDeclaration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What would become of a known client in the realm. */
class KnownClientChecksTest {

    private static final KnownClient CLAUDE = KnownClients.byId("claude").orElseThrow();
    private static final Refusal REFUSAL =
            new Refusal(RefusalCode.REDIRECT_HOST_NOT_TRUSTED, "invalid_redirect_uri", "host a.example", "reason", "");

    @Test
    void aClientThatMayRegisterNeedsNothing() {
        assertThat(KnownClientChecks.accepted(CLAUDE, false, Optional.empty(), List.of()))
                .isEqualTo(Finding.info("client-would-register", "Claude may register", "nothing to do"));
        assertThat(KnownClientChecks.accepted(CLAUDE, true, Optional.empty(), List.of())
                        .what())
                .isEqualTo("Claude may register, or use its metadata document");
    }

    @Test
    void aRefusedDocumentAndJudgesThatCannotBeAskedAreWarnings() {
        assertThat(KnownClientChecks.accepted(CLAUDE, true, Optional.of(REFUSAL), List.of("other")))
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
                    assertThat(finding.what())
                            .startsWith("Claude may register, but")
                            .contains("host a.example");
                    assertThat(finding.fix()).contains("add claude to knownClients");
                });
        assertThat(KnownClientChecks.accepted(CLAUDE, false, Optional.empty(), List.of("one", "two")))
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
                    assertThat(finding.what()).endsWith("one, two");
                });
    }

    @Test
    void whatRefusesItIsNamed() {
        assertThat(KnownClientChecks.refused(CLAUDE, REFUSAL).what())
                .isEqualTo("Claude would be refused: host a.example");
        assertThat(KnownClientChecks.scopeMissing(CLAUDE, List.of("a", "b")).what())
                .endsWith("do not exist: a, b");
        assertThat(KnownClientChecks.notEnabled(CLAUDE).fix()).isEqualTo(Advice.ENABLE);
    }

    @Test
    void aLoginIsForTheServerThatIsAskedForIfThereIsOne() {
        McpServers servers = McpServers.declare(ServersDeclaration.of("https://a.example/mcp"), ignored -> {});
        assertThat(KnownClientChecks.login(CLAUDE, servers, "https://a.example/mcp"))
                .satisfies(finding -> {
                    assertThat(finding.id()).isEqualTo("client-would-log-in");
                    assertThat(finding.what()).endsWith("would be for https://a.example/mcp");
                });
        assertThat(KnownClientChecks.login(CLAUDE, servers, "https://b.example/mcp")
                        .id())
                .isEqualTo("client-would-be-refused-at-login");
    }
}
