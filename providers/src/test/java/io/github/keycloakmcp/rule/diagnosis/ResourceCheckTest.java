package io.github.keycloakmcp.rule.diagnosis;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.keycloakmcp.rule.resource.McpServers;
import io.github.keycloakmcp.rule.resource.ServersDeclaration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** From the URI that is asked for, and what its server publishes, to findings. */
class ResourceCheckTest {

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

    @Test
    void anUnknownServerIsDeclaredOrADeclaredOneIsRequested() {
        assertThat(ResourceCheck.of(
                        "https://b.example/mcp",
                        McpServers.declare(ServersDeclaration.of("https://a.example/mcp"), ignored -> {}),
                        List.of("https://a.example/mcp")))
                .singleElement()
                .satisfies(
                        finding -> assertThat(finding.fix()).contains("POST …/mcp/servers", "https://a.example/mcp"));
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
