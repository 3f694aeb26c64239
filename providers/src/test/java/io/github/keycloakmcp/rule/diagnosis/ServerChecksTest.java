package io.github.keycloakmcp.rule.diagnosis;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** From facts about the server and its proxy to findings. */
class ServerChecksTest {

    @ParameterizedTest
    @CsvSource({
        "26.7.3, https://sso.example.com/realms/mcp, '', '', ''",
        "26.7.3, http://localhost:8080/realms/mcp, '', '', ''",
        "26.7.3, http://sso.example.com/realms/mcp, '', '', issuer-not-https",
        "26.7.3, https://sso.example.com/realms/mcp, https, sso.example.com, ''",
        "26.7.3, https://internal:8443/realms/mcp, https, sso.example.com, proxy-not-trusted",
        "26.7.3, https://sso.example.com/realms/mcp, 'http, https', sso.example.com, proxy-not-trusted",
        "26.7.3, https://sso.example.com/auth/realms/mcp, '', '', issuer-has-path",
        "26.7.2, https://sso.example.com/realms/mcp, '', '', security-patch-missing",
        "26.10.0, https://sso.example.com/realms/mcp, '', '', ''",
        "999-SNAPSHOT, https://sso.example.com/realms/mcp, '', '', ''"
    })
    void ofTheServer(String version, String issuer, String proto, String host, String id) {
        List<Finding> findings = ServerChecks.of(new ServerFacts(
                version, issuer, new ForwardedFacts(proto, host, "", "", "", false), List.of(), "", List.of()));
        assertThat(findings).extracting(Finding::id).isEqualTo(id.isEmpty() ? List.of() : List.of(id));
    }

    @Test
    void aDisabledProviderIsNamed() {
        ServerFacts facts = new ServerFacts(
                "26.7.3",
                "https://a.example/realms/x",
                ForwardedFacts.NONE,
                List.of(),
                "mcp-resource-binding",
                List.of());
        assertThat(ServerChecks.of(facts)).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo("provider-disabled");
            assertThat(finding.what()).contains("mcp-resource-binding");
        });
    }

    /** A false alarm is as bad as a miss. */
    @ParameterizedTest
    @CsvSource({
        "https://sso.example.com/realms/mcp, https, sso.example.com, 443, sso.example.com, https://sso.example.com/, false",
        "https://sso.example.com:8443/realms/mcp, https, sso.example.com, 8443, kc:8080, https://sso.example.com:8443/, false",
        "https://sso.example.com/realms/mcp, https, SSO.example.com:443, '', kc, https://sso.example.com/, false",
        "https://sso.example.com/realms/mcp, https, admin.example.com, '', kc, https://admin.example.com/, false",
        "https://sso.example.com/realms/mcp, https, admin.example.com, 8444, kc, https://admin.example.com:8444/, false",
        "https://sso.example.com/realms/mcp, https, internal.example.com, '', internal.example.com, https://sso.example.com/, false",
        "https://sso.example.com:8443/realms/mcp, https, sso.example.com:8443, '', kc, '', false",
        "https://sso.example.com:8443/realms/mcp, https, sso.example.com, 8443, sso.example.com:8443, '', false",
        "https://sso.example.com:8443/realms/mcp, https, sso.example.com:9443, '', sso.example.com:8443, '', true",
        "https://sso.example.com:8443/realms/mcp, https, sso.example.com:9443, '', kc, '', false",
        "http://sso.example.com/realms/mcp, https, admin.example.com, '', sso.example.com, http://admin.example.com/, true",
        "http://sso.example.com/realms/mcp, https, '', '', sso.example.com, https://admin.example.com/, true",
        "https://[2001:db8::1]/realms/mcp, https, '[2001:db8::1]', '', kc, '', false",
        "http://kc:8080/realms/mcp, https, sso.example.com, '', kc:8080, http://kc:8080/, true",
        "http://sso.example.com/realms/mcp, https, '', '', sso.example.com, http://sso.example.com/, true",
        "http://sso.example.com/realms/mcp, https, sso.example.com, 443, sso.example.com, http://sso.example.com/, true"
    })
    void ofAProxy(
            String issuer,
            String proto,
            String host,
            String port,
            String requestHost,
            String adminUrl,
            boolean ignored) {
        ForwardedFacts forwarded = new ForwardedFacts(proto, host, port, requestHost, adminUrl, false);
        assertThat(ServerChecks.of(new ServerFacts("26.7.3", issuer, forwarded, List.of(), "", List.of())))
                .extracting(Finding::id)
                .filteredOn("proxy-not-trusted"::equals)
                .hasSize(ignored ? 1 : 0);
    }

    @Test
    void anAddressThatAClientMayHaveWrittenIsAWarning() {
        ForwardedFacts forwarded = new ForwardedFacts("", "", "", "", "", true);
        assertThat(ServerChecks.of(new ServerFacts(
                        "26.7.3", "https://sso.example.com/realms/mcp", forwarded, List.of(), "", List.of())))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.id()).isEqualTo("address-from-header");
                    assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
                });
    }

    @Test
    void anExtensionThatRunsAfterThisOneIsAWarningThatNamesIt() {
        ServerFacts facts = new ServerFacts(
                "26.7.3",
                "https://a.example/realms/x",
                ForwardedFacts.NONE,
                List.of(),
                "",
                List.of("post-processor tenant"));
        assertThat(ServerChecks.of(facts)).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo("other-extension-interferes");
            assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
            assertThat(finding.what()).contains("post-processor tenant");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "cimd, upstream-cimd-on",
        "resource-indicators, upstream-resource-indicators-on",
        "stateless, upstream-stateless-on"
    })
    void aFeatureOfKeycloakIsNamedAndNoProblem(String feature, String id) {
        ServerFacts facts = new ServerFacts(
                "26.7.3", "https://a.example/realms/x", ForwardedFacts.NONE, List.of(feature), "", List.of());
        assertThat(ServerChecks.of(facts)).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo(id);
            assertThat(finding.severity()).isEqualTo(Finding.Severity.INFO);
        });
    }
}
