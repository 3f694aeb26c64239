package io.github.keycloakmcp.tests.realclients;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

import static org.assertj.core.api.Assertions.assertThat;

/** An administrator in Chromium. With {@code -Dscreenshots.write=true} the pictures of the documentation are retaken. */
@KeycloakTest
@ResourceLock(NodeScript.COMPUTER)
class AdminPageIT {

    @Test
    void listsFiltersRemovesAndDiagnoses(McpRealm realm) {
        makeAdministrator(realm, "alice");
        McpClient.of(realm)
                .register(ClientMetadata.named("First <b>bold</b> <img src=x>"))
                .expect(201);
        McpClient.of(realm).register(ClientMetadata.named("Second")).expect(201);
        McpClient.of(realm).register(ClientMetadata.named("Third").redirects("https://elsewhere.example/cb"));
        JsonNode page = Json.parse(AdminApi.succeeded("PUT", "/mcp/page", realm.put("/mcp/page", ""))
                .asString());

        List<String> options =
                new ArrayList<>(List.of("--page=" + page.path("url").asText()));
        if (Boolean.getBoolean("screenshots.write")) {
            options.add("--pictures="
                    + TestSettings.realmConfig().resolve("../docs/images").normalize());
        }
        JsonNode report = new NodeScript("admin-page.mjs").run(options.toArray(String[]::new));

        assertThat(report.path("problems")).as("%s", report.path("problems")).isEmpty();
        assertThat(report.path("url").asText())
                .as("the code is not left in the address")
                .isEqualTo(page.path("url").asText());
        assertThat(Json.texts(report.path("servers"))).hasSize(2).allMatch(row -> row.contains("mcp:tools"));
        assertThat(Json.texts(report.path("clients")))
                .anyMatch(row -> row.contains("First <b>bold</b>"))
                .anyMatch(row -> row.contains("Second"));
        assertThat(report.path("markup").asInt()).as("what clients say is text").isZero();
        assertThat(Json.texts(report.path("refusals"))).anyMatch(row -> row.contains("invalid_redirect_uri"));
        assertThat(Json.texts(report.path("findings"))).anyMatch(finding -> finding.contains("resource-unknown"));
        assertThat(Json.texts(report.path("filtered"))).hasSize(1).allMatch(row -> row.contains("Second"));
        assertThat(report.path("left").asInt()).isZero();
        assertThat(realm.read("/mcp/servers").toString()).contains("https://added.example/mcp");
        assertThat(Http.plain().get(URI.create(page.path("url").asText())).statusCode())
                .isEqualTo(200);
    }

    private static void makeAdministrator(McpRealm realm, String user) {
        String management = realm.clients().path("realm-management");
        ArrayNode role = Json.object().putArray("roles");
        role.add(realm.read(management + "/roles/realm-admin"));
        String path = "/users/" + realm.userId(user) + "/role-mappings/clients/" + management.replace("/clients/", "");
        AdminApi.succeeded("POST", path, realm.post(path, role));
    }
}
