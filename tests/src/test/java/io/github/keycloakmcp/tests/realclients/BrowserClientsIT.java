package io.github.keycloakmcp.tests.realclients;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.server.ExampleServers;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.Ports;
import io.github.keycloakmcp.tests.server.RegistrationRecorder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A person uses clients with pages in Chromium with two MCP servers. The pages are on a free port, so the realm is told
 * their origin; that Inspector's own port is the default of the realm file is seen in {@code RegistrationCorsIT}.
 */
@KeycloakTest(exampleServers = 2, recorded = true)
@ResourceLock(NodeScript.COMPUTER)
class BrowserClientsIT {

    private static final int PORT = Ports.free();

    @BeforeAll
    static void allowThePages(McpRealm realm) {
        realm.setRegistration("allowed-origins", "http://localhost:" + PORT);
    }

    @BeforeEach
    void forgetConsents(McpRealm realm) {
        realm.revokeConsents("alice");
    }

    @Test
    void inspector2ConnectsRefreshesAndCallsATool(ExampleServers servers, RegistrationRecorder recorder) {
        JsonNode report = run("inspector2.mjs", servers);
        List<ClientReport> reports = ClientReport.of(report);
        assertThat(reports)
                .hasSize(2)
                .allSatisfy(server -> server.reachedTheTool()
                        .isBoundToItsServer()
                        .staysBoundOnRefresh()
                        .opensNoOtherServer());
        assertThat(reports.get(0).pages()).containsExactly("login", "consent");
        Recordings.check("inspector-2", report.path("client").asText(), recorder);
    }

    /** Its browser sends everything itself, so that each of Keycloak's answers has to pass CORS. */
    @Test
    void inspector1DoesItAllInTheBrowser(ExampleServers servers, RegistrationRecorder recorder) {
        JsonNode report = run("inspector1.mjs", servers);
        List<ClientReport> reports = ClientReport.of(report);
        assertThat(reports)
                .hasSize(2)
                .allSatisfy(
                        server -> server.reachedTheTool().isBoundToItsServer().opensNoOtherServer());
        assertThat(reports.get(0).pages()).containsExactly("login", "consent");
        assertThat(reports.get(1).pages())
                .as("the same client again, while the session lasts, for another server")
                .containsExactly("consent");
        assertThat(report.path("blocked")).as("%s", report.path("blocked")).isEmpty();
        Recordings.check("inspector-1", report.path("client").asText(), recorder);
    }

    @Test
    void useMcpDoesItAllInTheBrowserAndRefreshes(ExampleServers servers, RegistrationRecorder recorder) {
        JsonNode report = run("use-mcp.mjs", servers);
        assertThat(ClientReport.of(report))
                .hasSize(2)
                .allSatisfy(server -> server.reachedTheTool()
                        .isBoundToItsServer()
                        .staysBoundOnRefresh()
                        .opensNoOtherServer());
        assertThat(report.path("blocked")).as("%s", report.path("blocked")).isEmpty();
        Recordings.check("use-mcp", report.path("client").asText(), recorder);
    }

    private static JsonNode run(String script, ExampleServers servers) {
        return new NodeScript(script).run(ClientReport.options(servers, "--port=" + PORT));
    }
}
