package io.github.keycloakmcp.tests.integration.resource;

import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.Test;

/** A realm whose administrator has named the server that is meant by clients which send no {@code resource}. */
@KeycloakTest(variables = "MCP_DEFAULT_SERVER=" + McpRealm.SERVER_B)
class DefaultServerIT {

    private final McpClient client;
    private final McpClient machine;

    DefaultServerIT(McpRealm realm) {
        this.client = McpClient.of(realm).registered(ClientMetadata.named("Old client"));
        this.machine = McpClient.of(realm).identifiedBy("demo-machine", "demo-machine-secret", "");
    }

    @Test
    void aClientThatNamesNoServerGetsTheDefault() {
        Tokens tokens = client.obtain(Browser.of("alice"), client.authorization());
        TokenAssertion.assertThat(tokens).isFor(McpRealm.SERVER_B);
        TokenAssertion.assertThat(client.refresh(tokens.refresh()).tokens()).isFor(McpRealm.SERVER_B);
        ErrorAssertion.assertRefused(client.refresh(tokens.refresh(), McpRealm.SERVER_A), 400);
    }

    @Test
    void aClientThatNamesAServerGetsThatOne() {
        Tokens tokens =
                client.obtain(Browser.of("alice"), client.authorization().resource(McpRealm.SERVER_A));
        TokenAssertion.assertThat(tokens).isFor(McpRealm.SERVER_A);
    }

    @Test
    void aMachineThatNamesNoServerGetsTheDefault() {
        TokenAssertion.assertThat(machine.clientCredentials("").tokens()).isFor(McpRealm.SERVER_B);
        TokenAssertion.assertThat(machine.clientCredentials("", "").tokens()).isFor(McpRealm.SERVER_B);
        TokenAssertion.assertThat(
                        machine.clientCredentials("", McpRealm.SERVER_A).tokens())
                .isFor(McpRealm.SERVER_A);
    }
}
