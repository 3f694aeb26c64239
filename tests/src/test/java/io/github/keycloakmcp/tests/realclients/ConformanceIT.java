package io.github.keycloakmcp.tests.realclients;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.server.ExampleServers;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The official MCP conformance suite in authorization-server mode, with a client that registered itself and a token for
 * one MCP server. Its warnings are about recommendations and are left to it.
 */
@KeycloakTest(exampleServers = 1)
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
}
