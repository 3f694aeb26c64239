package io.github.keycloakmcp.tests.realclients;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.server.ExampleServers;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.RegistrationRecorder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

import static org.assertj.core.api.Assertions.assertThat;

/** mcp-remote brings hosts that only know local servers to two MCP servers, and each token stays with its server. */
@KeycloakTest(exampleServers = 2, recorded = true)
@ResourceLock(NodeScript.COMPUTER)
class McpRemoteIT {

    @Test
    void bringsAHostToTwoServers(ExampleServers servers, RegistrationRecorder recorder) {
        JsonNode report = new NodeScript("mcp-remote.mjs").run(ClientReport.options(servers));
        assertThat(ClientReport.of(report))
                .hasSize(2)
                .allSatisfy(server -> server.reachedTheTool()
                        .isBoundToItsServer()
                        .staysBoundOnRefresh()
                        .opensNoOtherServer());
        Recordings.check("mcp-remote", report.path("client").asText(), recorder);
    }
}
