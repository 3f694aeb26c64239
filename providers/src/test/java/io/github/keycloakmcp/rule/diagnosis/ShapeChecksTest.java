package io.github.keycloakmcp.rule.diagnosis;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a realm for something else keeps from MCP clients, and whether documents can be loaded. */
class ShapeChecksTest {

    @Test
    void saysNothingOfAnOrdinaryRealm() {
        assertThat(ShapeChecks.of(new ShapeFacts(true, List.of(), List.of(), List.of(), List.of())))
                .isEmpty();
    }

    @Test
    void namesEachCauseAsAWarning() {
        assertThat(ShapeChecks.of(new ShapeFacts(
                        false,
                        List.of("profile/proxy (mcp_proxy)"),
                        List.of("oauth21 (x: y)"),
                        List.of("http://automation:5678"),
                        List.of("mcp-server"))))
                .allSatisfy(finding -> assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING))
                .extracting(Finding::id)
                .containsExactly(
                        "token-without-subject",
                        "audience-replaced",
                        "client-policy-may-refuse",
                        "redirect-plain-http",
                        "resource-url-not-searched");
    }

    @Test
    void anUnreachableDocumentIsAnErrorUnlessCopiesAreUsed() {
        assertThat(DocumentChecks.of(List.of("Zed (zed.dev)"), 0, false))
                .extracting(Finding::severity)
                .containsExactly(Finding.Severity.ERROR);
        assertThat(DocumentChecks.of(List.of("Zed (zed.dev)"), 5, true))
                .extracting(Finding::severity)
                .containsExactly(Finding.Severity.WARNING);
        assertThat(DocumentChecks.of(List.of(), 5, true))
                .extracting(Finding::id)
                .containsExactly("documents-loaded");
        assertThat(DocumentChecks.of(List.of(), 0, true)).isEmpty();
        assertThat(DocumentChecks.of(List.of(), 1, true).get(0).what()).startsWith("1 metadata document of");
        assertThat(DocumentChecks.of(List.of(), 5, true).get(0).what()).startsWith("5 metadata documents of");
    }
}
