package io.github.keycloakmcp.tests.realclients;

import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.server.ExampleServer;
import io.github.keycloakmcp.tests.server.ExampleServers;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.RegistrationRecorder;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Both major versions of the official TypeScript SDK do the main job, from the first 401 to a tool call on each of two
 * MCP servers, and every token they are given stays with the one server it was asked for.
 */
@KeycloakTest(exampleServers = 3, recorded = true)
@ResourceLock(NodeScript.COMPUTER)
class TypeScriptSdkIT {

    static Stream<NodeScript> sdks() {
        return Stream.of(new NodeScript("sdk1.mjs"), new NodeScript("sdk2.mjs"));
    }

    @ParameterizedTest
    @MethodSource("sdks")
    void useTwoServersInOneBrowserSession(
            NodeScript sdk, ExampleServers servers, McpRealm realm, RegistrationRecorder recorder) {
        realm.revokeConsents("alice");
        recorder.take();
        JsonNode report = SdkReport.run(sdk, both(servers));
        List<SdkReport> reports = SdkReport.of(report);
        assertThat(reports)
                .hasSize(2)
                .allSatisfy(server -> server.reachedTheToolFromNothing()
                        .isBoundToItsServer()
                        .staysBoundOnRefresh()
                        .opensNothingElse());
        assertThat(reports.get(0).pages()).containsExactly("login", "consent");
        // Both registrations are one client, and the user is asked for each server. An SDK that asks for offline_access
        // leaves no browser session behind.
        boolean offline = reports.get(1).requestedScope().contains("offline_access");
        assertThat(reports.get(1).pages()).isEqualTo(offline ? List.of("login", "consent") : List.of("consent"));
        Recordings.check(recording(sdk), report.path("client").asText(), recorder);
    }

    @ParameterizedTest
    @MethodSource("sdks")
    void useTwoServersUnderOneRegistration(NodeScript sdk, ExampleServers servers) {
        List<SdkReport> reports = SdkReport.of(sdk, both(servers), "--one-registration");
        assertThat(reports)
                .hasSize(2)
                .allSatisfy(report -> report.reachedTheTool()
                        .isBoundToItsServer()
                        .staysBoundOnRefresh()
                        .opensNothingElse());
    }

    /** Stock Keycloak loses the binding of offline tokens at the first refresh. */
    @ParameterizedTest
    @MethodSource("sdks")
    void keepTheBindingWithOfflineAccess(NodeScript sdk, ExampleServers servers) {
        List<SdkReport> reports = SdkReport.of(sdk, both(servers), "--scope=mcp:tools offline_access");
        assertThat(reports).hasSize(2).allSatisfy(report -> {
            report.reachedTheToolFromNothing()
                    .isBoundToItsServer()
                    .staysBoundOnRefresh()
                    .opensNothingElse();
            assertThat(report.grantedScopes()).contains("mcp:tools", "offline_access");
        });
    }

    @ParameterizedTest
    @MethodSource("sdks")
    void keepTheirRefreshTokenWhenRefused(NodeScript sdk, ExampleServers servers) {
        assertThat(SdkReport.of(sdk, both(servers))).hasSize(2).allSatisfy(SdkReport::losesNothingByBeingRefused);
    }

    /** A server that names no scopes leaves the client nothing to ask for; it gets a token that works all the same. */
    @ParameterizedTest
    @MethodSource("sdks")
    void needNoScopeToBeTold(NodeScript sdk, ExampleServers servers, McpRealm realm, RegistrationRecorder recorder) {
        ExampleServer talkative = servers.all().get(2);
        talkative.close();
        int port = talkative.resource().getPort();
        recorder.take();
        try (ExampleServer silent = ExampleServer.start(port, recorder.issuer(realm), "--advertise-scopes=false")) {
            JsonNode told = SdkReport.run(sdk, List.of(silent.resource().toString()));
            assertThat(SdkReport.of(told)).hasSize(1).allSatisfy(report -> {
                report.reachedTheToolFromNothing().isBoundToItsServer().staysBoundOnRefresh();
                assertThat(report.registeredScope()).isEmpty();
                assertThat(report.requestedScope()).isEmpty();
                assertThat(report.grantedScopes()).contains("mcp:tools");
            });
            Recordings.check(
                    recording(sdk) + "-told-no-scope", told.path("client").asText(), recorder);
        }
    }

    /** {@code sdk1.mjs} is recorded as {@code typescript-sdk-1}. */
    private static String recording(NodeScript sdk) {
        return sdk.name().replaceAll("sdk(\\d)\\.mjs", "typescript-sdk-$1");
    }

    private static List<String> both(ExampleServers servers) {
        return List.of(servers.a().resource().toString(), servers.b().resource().toString());
    }
}
