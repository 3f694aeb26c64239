package io.github.keycloakmcp.tests.realclients;

import java.util.List;
import java.util.stream.Stream;

import io.github.keycloakmcp.tests.server.ExampleServer;
import io.github.keycloakmcp.tests.server.ExampleServers;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Both major versions of the official TypeScript SDK do the main job, from the first 401 to a tool call on each of two
 * MCP servers, and every token they are given stays with the one server it was asked for.
 */
@KeycloakTest(exampleServers = 3)
class TypeScriptSdkIT {

    static Stream<NodeScript> sdks() {
        return Stream.of(new NodeScript("sdk1.mjs"), new NodeScript("sdk2.mjs"));
    }

    @ParameterizedTest
    @MethodSource("sdks")
    void useTwoServersInOneBrowserSession(NodeScript sdk, ExampleServers servers) {
        List<SdkReport> reports = SdkReport.of(sdk, both(servers));
        assertThat(reports)
                .hasSize(2)
                .allSatisfy(report -> report.reachedTheToolFromNothing()
                        .isBoundToItsServer()
                        .staysBoundOnRefresh()
                        .opensNothingElse());
        assertThat(reports.get(0).pages()).containsExactly("login", "consent");
        // An SDK that asks for offline_access leaves no browser session behind: Keycloak asks for the password again.
        assertThat(reports.get(1).pages()).endsWith("consent");
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
    void needNoScopeToBeTold(NodeScript sdk, ExampleServers servers, McpRealm realm) {
        ExampleServer talkative = servers.all().get(2);
        talkative.close();
        int port = talkative.resource().getPort();
        try (ExampleServer silent = ExampleServer.start(port, realm.issuer(), "--advertise-scopes=false")) {
            List<SdkReport> reports =
                    SdkReport.of(sdk, List.of(silent.resource().toString()));
            assertThat(reports).hasSize(1).allSatisfy(report -> {
                report.reachedTheToolFromNothing().isBoundToItsServer().staysBoundOnRefresh();
                assertThat(report.registeredScope()).isEmpty();
                assertThat(report.requestedScope()).isEmpty();
                assertThat(report.grantedScopes()).contains("mcp:tools");
            });
        }
    }

    private static List<String> both(ExampleServers servers) {
        return List.of(servers.a().resource().toString(), servers.b().resource().toString());
    }
}
