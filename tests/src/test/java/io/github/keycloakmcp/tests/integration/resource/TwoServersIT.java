package io.github.keycloakmcp.tests.integration.resource;

import io.github.keycloakmcp.tests.client.CompanyRealm;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.TokenReply;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.KeycloakServer;
import io.github.keycloakmcp.tests.server.KeycloakServers;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.ServerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

import static org.assertj.core.api.Assertions.assertThat;

/** The company has a server of its own; the server of the MCP realm knows its address and nothing else of it. */
@KeycloakTest
@DisabledIfSystemProperty(named = "keycloak.url", matches = ".+", disabledReason = "starts a second server")
@DisabledIfSystemProperty(named = "server", matches = "container", disabledReason = "needs the server's own loopback")
class TwoServersIT {

    @Test
    void theLoopFromLoginToTokenGoesOverTwoServersAndEndsWithTheUser(McpRealm mcp) {
        try (KeycloakServer server =
                        KeycloakServers.start(ServerOptions.ofTestRun().named("company"));
                CompanyRealm company = CompanyRealm.on(server, mcp).trustedBy(mcp)) {
            assertThat(company.realm().issuer().getPort())
                    .isNotEqualTo(mcp.issuer().getPort());
            McpClient there = McpClient.of(mcp)
                    .identifiedBy(CompanyRealm.ASSISTANT_THERE, CompanyRealm.SECRET_THERE, CompanyRealm.REDIRECT);
            Tokens login = company.login("alice", "openid");
            Form form = company.exchange(CompanyRealm.REFRESH_TOKEN, login.refresh())
                    .with("resource", McpRealm.SERVER_B)
                    .with("scope", "mcp:tools profile");
            TokenReply assertion = company.assistant().token(form);
            assertion.expect(200);
            Tokens tokens = there.token(Form.of(
                            "grant_type",
                            "urn:ietf:params:oauth:grant-type:jwt-bearer",
                            "assertion",
                            assertion.json().path("access_token").asText()))
                    .tokens();
            TokenAssertion.assertThat(tokens).isFor(McpRealm.SERVER_B).isOf("alice");
            company.realm().delete("/users/" + company.realm().userId("alice"));
            ErrorAssertion.assertRefused(company.assistant().token(form), 400).hasError("invalid_request");
        }
    }
}
