package io.github.keycloakmcp.tests.realclients;

import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.AuthorizationServer;
import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.server.ExampleServers;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The official MCP conformance suite in authorization-server mode, with a client that registered itself and a token for
 * one MCP server. Warnings are about recommendations and are left to it, but for the metadata.
 */
@KeycloakTest(exampleServers = 1)
@ResourceLock(NodeScript.COMPUTER)
class ConformanceIT {

    private static JsonNode report;

    @BeforeAll
    static void runTheSuite(McpRealm realm, ExampleServers servers) {
        String resource = "--resource=" + servers.a().resource();
        report = new NodeScript("conformance.mjs").run("--issuer=" + realm.issuer(), resource);
    }

    @ParameterizedTest
    @ValueSource(strings = {"authorization-server-metadata-endpoint", "authorization-code-grant"})
    void passes(String scenario) {
        JsonNode checks = report.path("scenarios").path(scenario);
        List<String> outcomes = checks.findValuesAsText("status");
        assertThat(outcomes).as("%s", checks).contains("SUCCESS").doesNotContain("FAILURE", "SKIPPED");
        assertThat(report.path("exitCode").asInt(-1)).isZero();
    }

    /** It wants every server to read metadata documents; a realm that does not must not say that it does. */
    @Test
    void warnsAboutNothingInTheMetadataThatIsThere(McpRealm realm) {
        boolean documents = AuthorizationServer.discover(Http.plain(), realm.issuer())
                .metadata()
                .path("client_id_metadata_document_supported")
                .asBoolean();
        JsonNode checks = report.path("scenarios").path("authorization-server-metadata-endpoint");
        assertThat(StreamSupport.stream(checks.spliterator(), false)
                        .filter(check -> !check.path("status").asText().equals("SUCCESS"))
                        .map(check -> check.path("id").asText()))
                .containsExactlyElementsOf(documents ? List.of() : List.of("authorization-server-metadata-cimd"));
    }
}
