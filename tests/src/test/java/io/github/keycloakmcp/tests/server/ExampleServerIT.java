package io.github.keycloakmcp.tests.server;

import java.net.URI;
import java.util.Map;

import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpCall;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The harness with MCP servers: processes that a registered client can really call. */
@KeycloakTest(exampleServers = 2)
class ExampleServerIT {

    @Test
    void aRegisteredClientCallsTheServerItsTokenIsFor(McpRealm realm, ExampleServers servers) {
        URI resource = servers.a().resource();
        McpClient client = McpClient.of(realm).registered(ClientMetadata.named("Harness"));
        Tokens tokens = client.obtain(
                Browser.of("alice"),
                client.authorization().resource(resource.toString()).scope("mcp:tools"));
        TokenAssertion.assertThat(tokens).isFor(resource.toString());
        McpCall call = McpCall.on(resource).with(tokens);
        assertThat(call.whoami().json().path("preferred_username").asText()).isEqualTo("alice");
        assertThat(call.tool("add", Map.of("a", 2, "b", 3)).text()).isEqualTo("5");
        assertThat(McpCall.on(servers.b().resource()).with(tokens).whoami().status())
                .isEqualTo(401);
    }

    @Test
    void withoutATokenTheServerNamesItsMetadata(ExampleServers servers) {
        assertThat(McpCall.on(servers.a().resource()).whoami().wwwAuthenticate().orElse(""))
                .contains("resource_metadata=");
    }
}
