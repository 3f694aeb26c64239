package io.github.keycloakmcp.tests.realclients;

import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.ExampleServer;
import io.github.keycloakmcp.tests.server.ExampleServers;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.Ports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A tool needs a further scope: the server says so, the client asks, and the user, in Chromium, is asked for the new scope only.
 * A denial leaves the first tool working, a permission gives both, and a refresh keeps both.
 */
@KeycloakTest(exampleServers = 1)
@ResourceLock(NodeScript.COMPUTER)
class StepUpClientsIT {

    static Stream<NodeScript> sdks() {
        return Stream.of(new NodeScript("sdk1.mjs"), new NodeScript("sdk2.mjs"));
    }

    @ParameterizedTest
    @MethodSource("sdks")
    void theUserIsAskedForTheNewScopeOnly(NodeScript sdk, ExampleServers servers, McpRealm realm) {
        try (ExampleServer server = withAToolThatNeedsMore(servers, realm)) {
            JsonNode report = SdkReport.run(sdk, List.of(server.resource().toString()), "--step-up");
            assertThat(scopes(report.path("first"))).contains("calc:use").doesNotContain("calc:add");
            assertThat(page(report.path("first").path("authorization")).path("offered"))
                    .hasSize(1)
                    .first()
                    .isEqualTo(Json.tree("calc:use"));

            JsonNode denied = report.path("denied");
            assertThat(denied.path("refusal").asText()).isEqualTo("access_denied");
            assertThat(report.at("/afterDenial/timesUserWasAsked").asInt()).isZero();
            assertThat(scopes(report.path("afterDenial"))).contains("calc:use").doesNotContain("calc:add");

            JsonNode allowed = report.path("allowed");
            JsonNode shown = page(allowed.path("asked").path(0));
            assertThat(Json.texts(shown.path("offered"))).containsExactly("calc:add");
            assertThat(Json.texts(shown.path("kept"))).contains("Use the calculator");
            assertThat(allowed.path("sum").asText()).isEqualTo("5");
            assertThat(scopes(allowed)).contains("calc:use", "calc:add");

            assertThat(report.at("/again/asked")).isEmpty();
            assertThat(report.at("/again/sum").asText()).isEqualTo("5");
            assertThat(report.at("/refresh/timesUserWasAsked").asInt()).isZero();
            assertThat(scopes(report.path("refresh"))).contains("calc:use", "calc:add");
        }
    }

    @Test
    void theInspectorSaysSoAndTheUserAllowsIt(ExampleServers servers, McpRealm realm) {
        int port = Ports.free();
        realm.setRegistration("allowed-origins", "http://localhost:" + port);
        try (ExampleServer server = withAToolThatNeedsMore(servers, realm)) {
            JsonNode report = new NodeScript("inspector2.mjs")
                    .run("--server=" + server.resource(), "--port=" + port, "--step-up");
            assertThat(scopes(report.path("first"))).contains("calc:use").doesNotContain("calc:add");
            JsonNode allowed = report.path("allowed");
            assertThat(allowed.path("asked")).hasSize(1);
            JsonNode pages = allowed.path("asked").path(0).path("pages");
            JsonNode shown = pages.path(pages.size() - 1);
            assertThat(Json.texts(shown.path("offered"))).containsExactly("calc:add");
            assertThat(Json.texts(shown.path("kept"))).contains("Use the calculator");
            assertThat(allowed.path("sum").asText()).isEqualTo("5");
            assertThat(scopes(allowed)).contains("calc:use", "calc:add");
        }
    }

    private static ExampleServer withAToolThatNeedsMore(ExampleServers servers, McpRealm realm) {
        ExampleServer plain = servers.a();
        plain.close();
        realm.revokeConsents("alice");
        AdminApi.succeeded("PUT", "/mcp/servers", realm.put("/mcp/servers", """
                {"uri": "%s", "scopes": [{"name": "calc:use", "text": "Use the calculator"},
                 {"name": "calc:add", "text": "Add numbers for you", "sensitive": true}]}
                """.formatted(plain.resource())));
        return ExampleServer.start(
                plain.resource().getPort(), realm.issuer(), "--scope=calc:use", "--tool-scopes=add=calc:add");
    }

    private static JsonNode page(JsonNode authorization) {
        return authorization.path("pages").path(0);
    }

    private static List<String> scopes(JsonNode part) {
        return List.of(part.at("/token/claims/scope").asText().split(" "));
    }
}
