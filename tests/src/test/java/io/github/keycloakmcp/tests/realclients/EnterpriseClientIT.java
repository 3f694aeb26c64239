package io.github.keycloakmcp.tests.realclients;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.CompanyRealm;
import io.github.keycloakmcp.tests.server.ExampleServers;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakServer;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

import static org.assertj.core.api.Assertions.assertThat;

/** The official TypeScript SDK uses two MCP servers for a user who has signed in at her company, and nowhere else. */
@KeycloakTest(exampleServers = 2)
@ResourceLock(NodeScript.COMPUTER)
class EnterpriseClientIT {

    @Test
    void oneLoginAtTheCompanyOpensTwoServers(ExampleServers servers, McpRealm realm, KeycloakServer server) {
        String a = servers.a().resource().toString();
        String b = servers.b().resource().toString();
        try (CompanyRealm company = CompanyRealm.on(server, realm, a, b).trustedBy(realm)) {
            JsonNode report = new NodeScript("enterprise.mjs")
                    .run(ClientReport.options(
                            servers, "--company=" + company.realm().issuer(), "--issuer=" + realm.issuer()));
            assertThat(Json.texts(report.path("pages"))).as("pages of the user").containsExactly("login");
            assertThat(report.path("servers")).hasSize(2).allSatisfy(story -> {
                assertThat(story.path("asked")).hasSize(1);
                assertThat(story.at("/whoami/sub").asText()).isEqualTo(realm.userId("alice"));
            });
            assertThat(ClientReport.of(report))
                    .allSatisfy(story -> story.isBoundToItsServer().opensNoOtherServer());
            assertThat(realm.events("LOGIN")).as("logins at the MCP realm").isEmpty();
            assertThat(realm.events("JWT_AUTHORIZATION_GRANT")).hasSize(2);
        }
    }
}
