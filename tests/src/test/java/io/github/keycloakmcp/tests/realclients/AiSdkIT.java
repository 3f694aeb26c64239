package io.github.keycloakmcp.tests.realclients;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.server.ExampleServers;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

import static org.assertj.core.api.Assertions.assertThat;

/** The MCP client of the AI SDK reaches two MCP servers, refreshes, and each token stays with its server. */
@KeycloakTest(exampleServers = 2)
@ResourceLock(NodeScript.COMPUTER)
class AiSdkIT {

    @Test
    void reachesTwoServers(ExampleServers servers) {
        JsonNode report = new NodeScript("ai-sdk.mjs")
                .run(ClientReport.options(servers, "--redirect-uri=http://127.0.0.1:3055/callback"));
        assertThat(ClientReport.of(report))
                .hasSize(2)
                .allSatisfy(server -> server.reachedTheTool()
                        .isBoundToItsServer()
                        .staysBoundOnRefresh()
                        .opensNoOtherServer());
    }
}
