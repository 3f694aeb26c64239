package io.github.keycloakmcp.rule.diagnosis;

import java.net.URI;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** From facts to findings. */
class ChecksTest {

    @ParameterizedTest
    @CsvSource({
        "26.7.3, https://sso.example.com/realms/mcp, '', '', ''",
        "26.7.3, http://localhost:8080/realms/mcp, '', '', ''",
        "26.7.3, http://sso.example.com/realms/mcp, '', '', issuer-not-https",
        "26.7.3, https://sso.example.com/realms/mcp, https, sso.example.com, ''",
        "26.7.3, https://internal:8443/realms/mcp, https, sso.example.com, proxy-not-trusted",
        "26.7.3, https://sso.example.com/realms/mcp, 'http, https', sso.example.com, proxy-not-trusted",
        "26.6.4, https://sso.example.com/realms/mcp, '', '', security-patch-missing",
        "26.7.0, https://sso.example.com/realms/mcp, '', '', security-patch-missing",
        "26.7.1, https://sso.example.com/realms/mcp, '', '', ''",
        "26.10.0, https://sso.example.com/realms/mcp, '', '', ''",
        "999-SNAPSHOT, https://sso.example.com/realms/mcp, '', '', ''"
    })
    void ofTheServer(String version, String issuer, String proto, String host, String id) {
        List<Finding> findings = ServerChecks.of(new ServerFacts(version, issuer, proto, host, false));
        assertThat(findings).extracting(Finding::id).isEqualTo(id.isEmpty() ? List.of() : List.of(id));
    }

    @Test
    void upstreamsDocumentsAreNamed() {
        assertThat(ServerChecks.of(new ServerFacts("26.7.3", "https://a.example/realms/x", "", "", true)))
                .extracting(Finding::id)
                .containsExactly("upstream-cimd-on");
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example/mcp, resource-declared",
        "https://A.example/mcp, resource-spelled-differently",
        "https://a.example/mcp/, resource-spelled-differently",
        "https://b.example/mcp, resource-unknown",
        "http://a.example/mcp, resource-malformed",
        "a.example, resource-malformed"
    })
    void ofAResource(String resource, String id) {
        assertThat(ResourceCheck.of(resource, List.of("https://a.example/mcp")))
                .extracting(Finding::id)
                .containsExactly(id);
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, false, true, 1, ''",
        "true, false, true, true, 1, client-scope-on-request",
        "true, false, false, true, 1, client-without-mcp-scope",
        "false, true, false, true, 1, client-disabled",
        "true, true, false, true, 0, client-without-redirect",
        "true, true, false, false, 0, ''"
    })
    void ofAClient(boolean enabled, boolean byDefault, boolean onRequest, boolean code, int redirects, String id) {
        assertThat(ClientChecks.of(new ClientFacts("c", enabled, byDefault, onRequest, code, redirects)))
                .extracting(Finding::id)
                .isEqualTo(id.isEmpty() ? List.of() : List.of(id));
    }

    @Test
    void everyFindingSaysAFix() {
        RealmFacts worst = new RealmFacts(
                List.of("client-policy mcp"),
                false,
                List.of("Trusted Hosts"),
                false,
                List.of(),
                "",
                List.of("mcp:tools"),
                List.of("mcp:tools"),
                List.of("s/m"),
                10,
                10,
                7_200,
                false,
                0,
                false,
                List.of());
        assertThat(RealmChecks.of(worst))
                .hasSizeGreaterThan(10)
                .allSatisfy(finding -> assertThat(finding.fix()).isNotEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example/mcp, https://a.example/.well-known/oauth-protected-resource/mcp",
        "https://a.example, https://a.example/.well-known/oauth-protected-resource",
        "https://a.example/, https://a.example/.well-known/oauth-protected-resource",
        "http://localhost:3001/mcp/, http://localhost:3001/.well-known/oauth-protected-resource/mcp/"
    })
    void metadataIsWhereRfc9728PutsIt(String resource, String address) {
        assertThat(MetadataCheck.address(URI.create(resource))).hasToString(address);
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example/mcp, https://sso.example, mcp:tools, metadata-fits",
        "https://a.example/mcp/, https://sso.example, mcp:tools, metadata-resource-differs",
        "https://a.example/mcp, https://sso.example/, mcp:tools, metadata-issuer-differs",
        "https://a.example/mcp, https://sso.example, files:read, metadata-scope-unknown"
    })
    void ofWhatAServerPublishes(String resource, String issuer, String scope, String id) {
        PublishedMetadata published = new PublishedMetadata(resource, List.of(issuer), List.of(scope));
        assertThat(MetadataCheck.of(published, "https://a.example/mcp", "https://sso.example", Set.of("mcp:tools")))
                .extracting(Finding::id)
                .containsExactly(id);
    }
}
