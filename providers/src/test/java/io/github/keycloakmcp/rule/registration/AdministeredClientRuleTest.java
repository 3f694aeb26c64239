package io.github.keycloakmcp.rule.registration;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.keycloakmcp.rule.Verdicts.assertRefused;
import static io.github.keycloakmcp.rule.Verdicts.decidedBy;
import static org.assertj.core.api.Assertions.assertThat;

/** What an administrator may give an MCP client, and which slips are caught. */
class AdministeredClientRuleTest {

    private static final RedirectUriRule REALM =
            new RedirectUriRule(List.of(new TrustedHost("http://automation:5678")), Set.of(), false, List.of(), false);

    @Test
    void mayBeReachedWithoutEncryptionAtAHostThatIsListedSo() {
        List<String> listed = List.of("http://automation:5678/cb");
        assertThat(decidedBy(AdministeredClientRule.judge(listed, "", false, REALM)))
                .isEqualTo(listed);
        assertRefused(
                AdministeredClientRule.judge(List.of("http://automation/cb"), "", false, REALM),
                "invalid_redirect_uri",
                "use https");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://anywhere.example/cb",
                "https://10.0.0.1:8443/cb",
                "http://localhost:3000/cb",
                "http://127.0.0.1/cb",
                "com.example.app:/cb",
                "/cb",
                "/realms/mcp/account/*"
            })
    void anAdministratorTrustsWhomTheyLike(String uri) {
        assertThat(decidedBy(AdministeredClientRule.judge(List.of(uri), "", false, REALM)))
                .containsExactly(uri);
    }

    @Test
    void aClientWithoutRedirectUrisIsFine() {
        assertThat(decidedBy(AdministeredClientRule.judge(List.of(), "", false, REALM)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example/*, wildcard",
        "*, wildcard",
        "http://app.example/cb, http is allowed for loopback addresses only",
        "https://user@app.example/cb, not contain a user name",
        "https://app.example/cb#x, fragment",
        "https://app.example/a/../cb, dot segments",
        "javascript://app.example/x, runs code",
        "data:/text, runs code",
        "file:///etc/passwd, runs code",
        "app.example/cb, absolute"
    })
    void aSlipIsRefused(String uri, String reason) {
        List<String> amongGoodOnes = List.of("https://app.example/cb", uri);
        assertRefused(AdministeredClientRule.judge(amongGoodOnes, "", false, REALM), "invalid_redirect_uri", reason);
    }

    @Test
    void aRelativeUriIsJudgedByWhereItLeads() {
        List<String> wildcard = List.of("/*");
        assertRefused(
                AdministeredClientRule.judge(wildcard, "https://app.example", false, REALM),
                "invalid_redirect_uri",
                "wildcard");
        assertRefused(
                AdministeredClientRule.judge(List.of("/cb"), "http://app.example", false, REALM),
                "invalid_redirect_uri",
                "http is allowed");
        decidedBy(AdministeredClientRule.judge(List.of("/cb"), "https://app.example", false, REALM));
        decidedBy(AdministeredClientRule.judge(wildcard, "${authBaseUrl}", false, REALM));
    }

    @Test
    void theImplicitFlowIsRefused() {
        assertRefused(
                AdministeredClientRule.judge(List.of("https://app.example/cb"), "", true, REALM),
                "invalid_client_metadata",
                "implicit");
    }
}
