package io.github.keycloakmcp.tests.realclients;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.DistributionKeycloak;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.Ports;
import io.github.keycloakmcp.tests.server.RealmTemplate;
import io.github.keycloakmcp.tests.server.ServerOptions;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.ResourceLock;

import static org.assertj.core.api.Assertions.assertThat;

/** An administrator in Chromium. With {@code -Dscreenshots.write=true} the pictures of the documentation are retaken. */
@KeycloakTest
@ResourceLock(NodeScript.COMPUTER)
class AdminPageIT {

    private static final String SCRIPT = "admin-page.mjs";

    @Test
    void anAdministratorSearchesTurnsPagesActsAndDiagnoses(McpRealm realm) {
        makeAdministrator(realm, "alice");
        fill(realm);
        String page = switchOn(realm);

        JsonNode report = new NodeScript(SCRIPT).run("--page=" + page);

        assertThat(report.path("problems")).as("%s", report.path("problems")).isEmpty();
        assertThat(report.path("url").asText())
                .as("the code is not left in the address")
                .isEqualTo(page);
        looksLikeKeycloak(report);
        listsAndPages(report);
        diagnoses(report);
        acts(report);
        assertThat(realm.read("/mcp/servers").toString()).contains("https://added.example/mcp");
    }

    /** The page is where the login is, and calls Admin REST at its other name. */
    @Test
    void thePageWorksWhereAdministratorsHaveAHostNameOfTheirOwn() {
        int port = Ports.free();
        ServerOptions options = ServerOptions.ofTestRun()
                .named("admin-host")
                .onPort(port)
                .withArguments("--hostname=http://127.0.0.1:" + port, "--hostname-admin=http://localhost:" + port);
        try (DistributionKeycloak server = DistributionKeycloak.start(options)) {
            McpRealm realm = McpRealm.create(
                    server, RealmTemplate.read(TestSettings.realmConfig(), true).resolved(Map.of()), "admin-host");
            makeAdministrator(realm, "alice");
            fill(realm);
            String page = switchOn(realm);
            assertThat(page).startsWith("http://127.0.0.1:" + port + "/");

            JsonNode report = new NodeScript(SCRIPT).run("--page=" + page.replace("127.0.0.1", "localhost"));

            assertThat(report.path("problems"))
                    .as("%s", report.path("problems"))
                    .isEmpty();
            assertThat(report.path("url").asText()).isEqualTo(page);
            assertThat(report.path("console").asText()).startsWith("http://localhost:" + port + "/admin/");
            listsAndPages(report);
            acts(report);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "screenshots.write", matches = "true")
    void itIsPhotographedWithManyServersAndClients(McpRealm realm) {
        makeAdministrator(realm, "alice");
        String servers = IntStream.range(0, 200)
                .mapToObj(number -> "\"https://%s.example.com/mcp\"".formatted(Business.server(number)))
                .collect(Collectors.joining(","));
        AdminApi.succeeded("PUT", "/mcp", realm.put("/mcp", "{\"servers\": [" + servers + "]}"));
        // A hundred at a time: within one import, each client makes the next one slower.
        for (int from = 0; from < 2_000; from += 100) {
            bring(
                    realm,
                    IntStream.range(from, from + 100).mapToObj(Business::client).collect(Collectors.joining(",")));
        }
        McpClient.of(realm).register(ClientMetadata.named("Notes").redirects("https://elsewhere.example/cb"));
        JsonNode report = new NodeScript(SCRIPT)
                .run(
                        "--page=" + switchOn(realm),
                        "--pictures=" + Screenshots.named("admin-page").getParent());
        assertThat(report.path("problems")).isEmpty();
    }

    private static void looksLikeKeycloak(JsonNode report) {
        assertThat(report.path("font").asText())
                .as("PatternFly's style sheet is there")
                .contains("RedHatText");
        assertThat(report.path("dark").asText())
                .isNotEqualTo(report.path("light").asText());
        assertThat(report.path("width").asInt())
                .as("nothing overflows at 400 pixels")
                .isLessThanOrEqualTo(400);
        assertThat(report.path("wide").asInt()).isLessThanOrEqualTo(1200);
        assertThat(Json.texts(report.path("unnamed")))
                .as("what a screen reader cannot name")
                .isEmpty();
        assertThat(Json.texts(report.path("faint").path("texts")))
                .as("what is hard to read, in light or dark")
                .isEmpty();
        assertThat(report.path("faint").path("probe").asInt())
                .as("a grey text is found")
                .isOne();
        assertThat(report.path("language").asText()).isEqualTo("en");
        assertThat(report.path("title").asText()).isEqualTo("MCP administration");
    }

    private static void listsAndPages(JsonNode report) {
        assertThat(Json.texts(report.path("servers"))).hasSize(2).allMatch(row -> row.contains("mcp:tools"));
        assertThat(Json.texts(report.path("clients")))
                .hasSize(20)
                .anyMatch(row -> row.contains("First <b>bold</b>"))
                .anyMatch(row ->
                        row.contains("Self-registered") && row.contains("Not verified") && row.contains("Enabled"));
        assertThat(Json.texts(report.path("clients")))
                .anyMatch(row -> row.contains("Claude") && row.contains("Verified: claude"))
                .anyMatch(row -> row.contains("Fourth") && row.contains("Disabled"));
        assertThat(report.path("markup").asInt()).as("what clients say is text").isZero();
        JsonNode pages = report.path("pages");
        assertThat(Json.texts(pages.path("second")))
                .isNotEmpty()
                .doesNotContainAnyElementsOf(Json.texts(pages.path("first")));
        assertThat(pages.path("again")).isEqualTo(pages.path("first"));
        assertThat(Json.texts(report.path("filtered"))).hasSize(1).allMatch(row -> row.contains("Second"));
    }

    private static void diagnoses(JsonNode report) {
        assertThat(report.path("first").asText()).isEqualTo("mcp-diagnosis");
        assertThat(Json.texts(report.path("refusals"))).anyMatch(row -> row.contains("invalid_redirect_uri"));
        List<String> findings = Json.texts(report.path("findings"));
        assertThat(findings.get(0)).contains("This connection fails");
        assertThat(findings.get(1)).contains("resource-unknown");
        assertThat(findings).contains("asked: bob true true");
    }

    private static void acts(JsonNode report) {
        assertThat(Json.texts(report.path("disabled")))
                .singleElement()
                .asString()
                .contains("Disabled", "Enable");
        assertThat(Json.texts(report.path("enabled")))
                .singleElement()
                .asString()
                .contains("Enabled", "Disable");
        assertThat(Json.texts(report.path("loggedOut"))).hasSize(1);
        assertThat(report.path("kept").path("search").asText())
                .as("the search is there again after signing in")
                .isEqualTo("Second");
        assertThat(Json.texts(report.path("kept").path("clients"))).hasSize(1);
        assertThat(report.path("left").asInt()).isZero();
    }

    /** Two that an administrator cares about, one of each look, one that was refused, and others for a second page. */
    private static void fill(McpRealm realm) {
        McpClient.of(realm)
                .register(ClientMetadata.named("First <b>bold</b> <img src=x>"))
                .expect(201);
        McpClient.of(realm).register(ClientMetadata.named("Second")).expect(201);
        McpClient.of(realm)
                .register(ClientMetadata.named("Claude").redirects("https://claude.ai/api/mcp/auth_callback"))
                .expect(201);
        String disabled =
                McpClient.of(realm).register(ClientMetadata.named("Fourth")).clientId();
        realm.clients().edit(disabled, client -> client.put("enabled", false));
        McpClient.of(realm).register(ClientMetadata.named("Third").redirects("https://elsewhere.example/cb"));
        bring(realm, IntStream.range(0, 25).mapToObj("""
                {"clientId": "zz-filler-%d", "publicClient": true, "redirectUris": ["http://127.0.0.1/callback"],
                 "attributes": {"mcp.registered": "1700000000"}}
                """::formatted).collect(Collectors.joining(",")));
    }

    private static void bring(McpRealm realm, String clients) {
        String path = "/partialImport";
        AdminApi.succeeded(
                "POST", path, realm.post(path, "{\"ifResourceExists\": \"FAIL\", \"clients\": [" + clients + "]}"));
    }

    static String switchOn(McpRealm realm) {
        return Json.parse(AdminApi.succeeded("PUT", "/mcp/page", realm.put("/mcp/page", ""))
                        .asString())
                .path("url")
                .asText();
    }

    static void makeAdministrator(McpRealm realm, String user) {
        String management = realm.clients().path("realm-management");
        ArrayNode role = Json.object().putArray("roles");
        role.add(realm.read(management + "/roles/realm-admin"));
        String path = "/users/" + realm.userId(user) + "/role-mappings/clients/" + management.replace("/clients/", "");
        AdminApi.succeeded("POST", path, realm.post(path, role));
    }
}
