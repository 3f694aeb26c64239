package io.github.keycloakmcp.tests.realclients;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.server.ExampleServers;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.RegistrationRecorder;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Programs without pages of their own bring their user to two MCP servers, and each token stays with its server. */
@KeycloakTest(exampleServers = 2, recorded = true)
@ResourceLock(NodeScript.COMPUTER)
class CommandLineClientsIT {

    @ParameterizedTest
    @CsvSource({"mcp-remote, true", "mcpc, false", "mcp-cli, true"})
    void aProgramUsesTwoServers(
            String client, boolean refreshes, ExampleServers servers, RegistrationRecorder recorder) {
        JsonNode report = new NodeScript(client + ".mjs").run(ClientReport.options(servers));
        assertThat(ClientReport.of(report))
                .hasSize(2)
                .allSatisfy(
                        server -> server.reachedTheTool().isBoundToItsServer().opensNoOtherServer());
        if (refreshes) {
            assertThat(ClientReport.of(report)).allSatisfy(ClientReport::staysBoundOnRefresh);
        }
        Recordings.check(client, report.path("client").asText(), recorder);
    }
}
