package io.github.keycloakmcp.tests.integration.admin;

import java.util.Map;

import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.KeycloakServer;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

import static org.assertj.core.api.Assertions.assertThat;

/** The demo of {@code realm-config/enterprise} shows by one command what its README says. */
@KeycloakTest
@DisabledIfSystemProperty(
        named = "keycloak.url",
        matches = ".+",
        disabledReason = "makes a realm, so it needs the administrator of the test run")
class EnterpriseDemoIT {

    @Test
    void oneCommandGoesTheWholeWayAsOftenAsOneLikes(McpRealm realm, KeycloakServer server) {
        String company = "demo-of-" + realm.name();
        Shell shell = new Shell(
                TestSettings.realmConfig().resolve("enterprise"),
                Map.of(
                        "KEYCLOAK",
                        server.url().toString(),
                        "MCP_REALM",
                        realm.name(),
                        "COMPANY_REALM",
                        company,
                        "ADMIN",
                        TestSettings.admin().name(),
                        "ADMIN_PASSWORD",
                        TestSettings.admin().password()));
        try {
            for (int time = 0; time < 2; time++) {
                assertThat(shell.run("./demo.sh"))
                        .contains("CLIENT assistant-of-the-company")
                        .contains("\"aud\": \"" + McpRealm.SERVER_B + "\"", "\"preferred_username\": \"alice\"")
                        .contains("\"client_id\": \"assistant-of-the-company\"")
                        .contains("invalid_request: subject_token: the user is no longer active");
            }
        } finally {
            new AdminApi(server).delete("/" + company);
        }
    }
}
