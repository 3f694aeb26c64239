package io.github.keycloakmcp.tests.integration.resource;

import java.util.Map;

import io.github.keycloakmcp.tests.client.AuthorizationReply;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenReply;
import io.github.keycloakmcp.tests.server.KeycloakServer;
import io.github.keycloakmcp.tests.server.KeycloakServers;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.RealmTemplate;
import io.github.keycloakmcp.tests.server.ServerOptions;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server option disables a provider without which no token can be bound: whatever needs it is refused with one clear error,
 * everything else goes on.
 */
@DisabledIfSystemProperty(named = "keycloak.url", matches = ".+", disabledReason = "starts servers of its own")
class DisabledPartIT {

    @ParameterizedTest
    @ValueSource(
            strings = {"spi-protocol-mapper--mcp-resource-audience", "spi-token-interceptor--mcp-resource-binding"})
    void everythingThatNeedsItIsRefusedAndNothingElse(String provider) {
        ServerOptions options =
                ServerOptions.ofTestRun().named("disabled-part").withArguments("--" + provider + "--enabled=false");
        try (KeycloakServer server = KeycloakServers.start(options);
                McpRealm realm = McpRealm.create(
                        server,
                        RealmTemplate.read(TestSettings.realmConfig(), true).resolved(Map.of()),
                        "disabled")) {
            McpClient client = McpClient.of(realm).registered(ClientMetadata.named("Anyone"));
            AuthorizationReply reply = Browser.of("alice")
                    .open(client.authorization().resource(McpRealm.SERVER_A).uri())
                    .answer();
            ErrorAssertion.assertRefused(reply)
                    .hasError("temporarily_unavailable")
                    .saying("disabled");
            McpClient machine = McpClient.of(realm).identifiedBy("demo-machine", "demo-machine-secret", "");
            TokenReply token = machine.clientCredentials("mcp:tools", McpRealm.SERVER_A);
            assertThat(token.issued()).isFalse();
            assertThat(token.error()).contains("temporarily_unavailable");
            assertThat(machine.token(Form.of("grant_type", "nonsense")).error()).contains("unsupported_grant_type");
        }
    }
}
