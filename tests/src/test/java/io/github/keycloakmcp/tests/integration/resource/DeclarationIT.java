package io.github.keycloakmcp.tests.integration.resource;

import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What an administrator declares on the mapper besides a list of servers, down to declaring none. */
@KeycloakTest
class DeclarationIT {

    private static final String ALIAS = "https://old-name.example/mcp";

    private final Catalogue catalogue;
    private final McpClient client;
    private final McpClient machine;

    DeclarationIT(McpRealm realm) {
        this.catalogue = new Catalogue(realm);
        this.client = McpClient.of(realm).registered(ClientMetadata.named("Declared"));
        this.machine = McpClient.of(realm).identifiedBy("demo-machine", "demo-machine-secret", ClientMetadata.LOOPBACK);
    }

    @AfterEach
    void declareTheServersAgain() {
        catalogue.declare(McpRealm.SERVER_A, McpRealm.SERVER_B);
        catalogue.set("mcp-server-aliases", "");
    }

    @Test
    void anAliasGivesATokenForTheServerAndNeverForTheAlias() {
        catalogue.set("mcp-server-aliases", ALIAS + " " + McpRealm.SERVER_A);
        Tokens tokens =
                client.obtain(Browser.of("alice"), client.authorization().resource(ALIAS));
        TokenAssertion.assertThat(tokens).isFor(McpRealm.SERVER_A);
        Tokens next = client.refresh(tokens.refresh(), ALIAS).tokens();
        TokenAssertion.assertThat(
                        client.refresh(next.refresh(), McpRealm.SERVER_A).tokens())
                .isFor(McpRealm.SERVER_A);
    }

    @Test
    void aMapperThatDeclaresNoServerGivesNoTokenRatherThanAnUnboundOne() {
        catalogue.declare();
        ErrorAssertion.assertRefused(machine.clientCredentials("mcp:tools", McpRealm.SERVER_A), 400)
                .hasError("invalid_target");
        ErrorAssertion.assertRefused(machine.clientCredentials("mcp:tools"), 400)
                .hasError("invalid_target");
        assertThat(Browser.of("alice")
                        .open(client.authorization().resource(McpRealm.SERVER_A).uri())
                        .answer()
                        .error())
                .contains("invalid_target");
    }
}
