package io.github.keycloakmcp.rule.diagnosis;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.github.keycloakmcp.rule.resource.McpServers;
import io.github.keycloakmcp.rule.resource.ServersDeclaration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

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
        "26.7.3, https://sso.example.com/auth/realms/mcp, '', '', issuer-has-path",
        "26.7.2, https://sso.example.com/realms/mcp, '', '', security-patch-missing",
        "26.10.0, https://sso.example.com/realms/mcp, '', '', ''",
        "999-SNAPSHOT, https://sso.example.com/realms/mcp, '', '', ''"
    })
    void ofTheServer(String version, String issuer, String proto, String host, String id) {
        List<Finding> findings = ServerChecks.of(
                new ServerFacts(version, issuer, new ForwardedFacts(proto, host, "", "", "", false), false, ""));
        assertThat(findings).extracting(Finding::id).isEqualTo(id.isEmpty() ? List.of() : List.of(id));
    }

    @Test
    void aDisabledProviderIsNamed() {
        ServerFacts facts = new ServerFacts(
                "26.7.3", "https://a.example/realms/x", ForwardedFacts.NONE, false, "mcp-resource-binding");
        assertThat(ServerChecks.of(facts)).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo("provider-disabled");
            assertThat(finding.what()).contains("mcp-resource-binding");
        });
    }

    @Test
    void aFullRealmThatMakesRoomIsAWarning() {
        ClientsFacts full = new ClientsFacts(
                true, true, List.of(), List.of(), List.of(), 10, true, 10, true, List.of("https://o"), true, false);
        assertThat(ClientsChecks.of(full)).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo("realm-is-full");
            assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
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
        assertThat(ServerChecks.of(new ServerFacts("26.7.3", issuer, forwarded, false, "")))
                .extracting(Finding::id)
                .filteredOn("proxy-not-trusted"::equals)
                .hasSize(ignored ? 1 : 0);
    }

    @Test
    void anAddressThatAClientMayHaveWrittenIsAWarning() {
        ForwardedFacts forwarded = new ForwardedFacts("", "", "", "", "", true);
        assertThat(ServerChecks.of(
                        new ServerFacts("26.7.3", "https://sso.example.com/realms/mcp", forwarded, false, "")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.id()).isEqualTo("address-from-header");
                    assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
                });
    }

    @Test
    void ofServersThatAreClientsOfTheRealm() {
        AudienceFacts clients =
                new AudienceFacts(List.of(), true, "", true, List.of(), List.of(), true, List.of("mcp:tools"));
        assertThat(AudienceChecks.of(clients))
                .extracting(Finding::id)
                .containsExactly("no-default-server", "role-on-mcp-scope");
    }

    @Test
    void upstreamsDocumentsAreNamed() {
        assertThat(ServerChecks.of(
                        new ServerFacts("26.7.3", "https://a.example/realms/x", ForwardedFacts.NONE, true, "")))
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
        assertThat(ResourceCheck.of(
                        resource,
                        McpServers.declare(ServersDeclaration.of("https://a.example/mcp"), ignored -> {}),
                        List.of("https://a.example/mcp")))
                .extracting(Finding::id)
                .containsExactly(id);
    }

    /** A server that compares letter by letter rejects the token; an alias was chosen. */
    @ParameterizedTest
    @CsvSource({
        "https://a.example/mcp/, ERROR",
        "https://A.example/mcp, ERROR",
        "https://old.example/mcp, WARNING",
        "https://a.example/mcp, INFO"
    })
    void anotherSpellingIsAnErrorAndAnAliasIsNot(String resource, Finding.Severity severity) {
        ServersDeclaration declared = new ServersDeclaration(
                List.of("https://a.example/mcp"),
                Map.of("https://old.example/mcp", "https://a.example/mcp"),
                "",
                false,
                false);
        assertThat(ResourceCheck.of(resource, McpServers.declare(declared, ignored -> {}), declared.uris()))
                .extracting(Finding::severity)
                .containsExactly(severity);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://a.example", "https://a.example/", "https://a.example/team/"})
    void anAliasIsAdvisedForAnAddressAboveAServer(String resource) {
        assertThat(ResourceCheck.of(
                        resource, McpServers.NONE, List.of("https://b.example/x", "https://a.example/team/mcp")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.fix())
                        .contains("alias", resource + " https://a.example/team/mcp")
                        .doesNotContain("POST"));
    }

    private static final ClientFacts GOOD = new ClientFacts(
            "c",
            true,
            true,
            true,
            true,
            List.of(),
            true,
            List.of("https://a.example/cb"),
            List.of("+"),
            true,
            List.of(),
            List.of());

    @Test
    void mcpServersOnTheClientItselfAreNamed() {
        ClientFacts client = new ClientFacts(
                "c",
                true,
                true,
                false,
                false,
                List.of(),
                true,
                GOOD.redirects(),
                List.of("+"),
                true,
                List.of(),
                List.of("own servers"));
        assertThat(ClientChecks.of(client)).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo("client-declares-servers");
            assertThat(finding.what()).contains("own servers");
        });
    }

    static Stream<Arguments> clients() {
        return Stream.of(
                arguments(GOOD, ""),
                arguments(scopes(false, true), "client-scope-on-request"),
                arguments(scopes(false, false), "client-without-mcp-scope"),
                arguments(client(false, true, List.of(), true, List.of("https://a.example/cb")), "client-disabled"),
                arguments(
                        client(true, true, List.of("roles"), true, List.of("https://a.example/cb")),
                        "client-without-default-scopes"),
                arguments(client(true, false, List.of("roles"), true, List.of("https://a.example/cb")), ""),
                arguments(client(true, true, List.of(), true, List.of()), "client-without-redirect"),
                arguments(client(true, true, List.of(), false, List.of()), ""),
                arguments(
                        client(true, true, List.of(), true, List.of("http://127.0.0.1:33418/cb")),
                        "client-bound-to-port"),
                arguments(
                        client(
                                true,
                                true,
                                List.of(),
                                true,
                                List.of("http://127.0.0.1:33418/cb", "http://127.0.0.1/cb")),
                        ""),
                arguments(login(List.of(), true, List.of()), "client-without-origin"),
                arguments(login(List.of("+"), false, List.of()), "client-without-consent"),
                arguments(login(List.of("+"), true, List.of("c/aud")), "hard-coded-audience"));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void ofAClient(ClientFacts client, String id) {
        assertThat(ClientChecks.of(client)).extracting(Finding::id).isEqualTo(id.isEmpty() ? List.of() : List.of(id));
    }

    private static ClientFacts scopes(boolean byDefault, boolean onRequest) {
        return new ClientFacts(
                "c",
                true,
                true,
                byDefault,
                onRequest,
                List.of(),
                true,
                GOOD.redirects(),
                List.of("+"),
                true,
                List.of(),
                List.of());
    }

    private static ClientFacts client(
            boolean enabled, boolean registered, List<String> lacked, boolean code, List<String> redirects) {
        return new ClientFacts(
                "c",
                enabled,
                registered,
                true,
                true,
                lacked,
                code,
                redirects,
                List.of("+"),
                true,
                List.of(),
                List.of());
    }

    private static ClientFacts login(List<String> origins, boolean consent, List<String> hardCoded) {
        return new ClientFacts(
                "c", true, true, true, true, List.of(), true, GOOD.redirects(), origins, consent, hardCoded, List.of());
    }

    @Test
    void everyFindingSaysAFix() {
        RealmFacts worst = new RealmFacts(
                List.of("client-policy mcp"),
                new ClientsFacts(
                        false,
                        false,
                        List.of("Trusted Hosts"),
                        List.of("Client Disabled"),
                        List.of("mcp:tools"),
                        10,
                        false,
                        10,
                        false,
                        List.of(),
                        false,
                        false),
                new AudienceFacts(
                        List.of(), false, "", false, List.of("mcp:tools"), List.of("s/m"), false, List.of("mcp:tools")),
                new SessionFacts(7_200, false, 0, false, false, false));
        assertThat(RealmChecks.of(worst))
                .hasSizeGreaterThan(12)
                .allSatisfy(finding -> assertThat(finding.fix()).isNotEmpty());
    }

    @Test
    void aRealmInOrderHasNoFindings() {
        RealmFacts good = new RealmFacts(
                List.of(),
                new ClientsFacts(
                        true,
                        true,
                        List.of(),
                        List.of(),
                        List.of(),
                        1,
                        false,
                        10,
                        true,
                        List.of("http://localhost:6274"),
                        true,
                        false),
                new AudienceFacts(
                        List.of("https://a.example/mcp"),
                        false,
                        "https://a.example/mcp",
                        true,
                        List.of(),
                        List.of(),
                        true,
                        List.of()),
                new SessionFacts(300, true, 1, true, true, true));
        assertThat(RealmChecks.of(good)).isEmpty();
    }

    @Test
    void ofSetUp() {
        SessionFacts good = new SessionFacts(300, true, 1, true, true, true);
        SessionFacts bad = new SessionFacts(300, true, 1, true, false, false);
        assertThat(SetUpChecks.enabling(true, good, false)).isEmpty();
        assertThat(SetUpChecks.enabling(false, bad, true))
                .extracting(Finding::id)
                .containsExactly("offline-role-missing", "scope-kept");
        assertThat(SetUpChecks.enabling(true, bad, false))
                .extracting(Finding::id)
                .containsExactly("other-consent-page", "offline-role-missing");
        assertThat(SetUpChecks.leaving(0, true)).isEmpty();
        assertThat(SetUpChecks.leaving(2, true))
                .singleElement()
                .extracting(Finding::what)
                .asString()
                .contains("2 self-registered", "mcp:tools");
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
