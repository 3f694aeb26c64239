package io.github.keycloakmcp.tests.integration.install;

import io.github.keycloakmcp.tests.server.KeycloakServer;
import io.github.keycloakmcp.tests.server.KeycloakServers;
import io.github.keycloakmcp.tests.server.ServerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A server on which tokens could not be bound does not start, and says in one line what to change. */
@DisabledIfSystemProperty(named = "keycloak.url", matches = ".+", disabledReason = "starts a server of its own")
@DisabledIfSystemProperty(
        named = "server",
        matches = "container",
        disabledReason = "reads the server's log from a file")
class UnfitServerIT {

    @Test
    void keycloaksOwnResourceIndicatorsAndOursDoNotRunTogether() {
        ServerOptions options =
                ServerOptions.ofTestRun().named("unfit").withArguments("--features=resource-indicators");
        assertThatThrownBy(() -> {
                    try (KeycloakServer server = KeycloakServers.start(options)) {
                        throw new AssertionError("started: " + server.url());
                    }
                })
                .isNotInstanceOf(AssertionError.class)
                .hasMessageContaining("Keycloak MCP: the experimental feature resource-indicators");
    }
}
