package io.github.keycloakmcp.tests.integration.admin;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.ExampleServer;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakServer;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.Ports;
import io.github.keycloakmcp.tests.server.RealmTemplate;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The files for keycloak-config-cli, imported by the tool itself with the command of the documentation, word by word. */
@KeycloakTest
@EnabledIfSystemProperty(
        named = "keycloak-config-cli.jar",
        matches = ".+",
        disabledReason = "keycloak-config-cli is not on Maven Central; see CONTRIBUTING.md")
class ConfigCliIT {

    private static final Path FILES = TestSettings.realmConfig().resolve("existing-realm");
    private static final Pattern COMMAND = Pattern.compile("(?m)^java -jar keycloak-config-cli.*(?:\n +--.*)+");

    @Test
    void aRealmIsEnabledKeptAndLeft(KeycloakServer server, McpRealm imported, @TempDir Path folder) throws IOException {
        try (McpRealm realm = StockRealm.create(server, imported.name() + "-stock")) {
            copyWithHouseRules(folder);
            Shell shell = Shell.in(folder)
                    .with("KEYCLOAK_PASSWORD", server.admin().password())
                    .with("REALM", realm.name())
                    .with("MCP_REGISTRATIONS_PER_SENDER", "0")
                    .with("MCP_REGISTRATIONS_PER_REALM", "0");
            String command = command(server);
            JsonNode before = others(realm);

            shell.run(command);
            assertThat(MadeForMcp.in(realm)).isEqualTo(MadeForMcp.in(imported));
            assertThat(realm.read("/mcp").path("pending")).isEmpty();
            for (String refusing : List.of("trusted-hosts", "max-clients", "allowed-client-templates")) {
                assertThat(realm.components(refusing)).as(refusing).isEmpty();
            }
            assertThat(realm.components("allowed-protocol-mappers")).hasSize(2);
            assertThat(names(realm, "profiles")).containsExactlyInAnyOrder("mcp", "house-rules");
            assertThat(names(realm, "policies")).containsExactlyInAnyOrder("mcp", "house-rules");
            StockRealm.theOldApplicationStillWorks(realm);

            JsonNode enabled = StockRealm.export(realm);
            shell.run(command);
            assertThat(StockRealm.export(realm)).isEqualTo(enabled);
            shell.run(command.replace("keycloak-config-cli-policies.json,", "") + " --import.cache.enabled=false");
            assertThat(StockRealm.export(realm)).isEqualTo(enabled);

            int port = Ports.free();
            URI resource = ExampleServer.resourceAt(port);
            shell.with("MCP_SERVERS", resource.toString()).run(command);
            try (ExampleServer tools = ExampleServer.start(port, realm.issuer())) {
                StockRealm.aNewClientReachesATool(realm, tools.resource());
            }

            AdminApi.succeeded("DELETE", "/mcp/clients", realm.delete("/mcp/clients?vendor=loopback"));
            AdminApi.succeeded("DELETE", "/mcp", realm.delete("/mcp"));
            assertThat(others(realm)).isEqualTo(before);
            StockRealm.theOldApplicationStillWorks(realm);
            ErrorAssertion.assertRefused(McpClient.of(realm).register(ClientMetadata.named("Late")), 403)
                    .saying("Trusted Hosts");
        }
    }

    /** The realm has client policies of its own, which have to be in the file, as the documentation says. */
    private static void copyWithHouseRules(Path folder) throws IOException {
        Files.copy(
                FILES.resolve("keycloak-config-cli-policies.json"),
                folder.resolve("keycloak-config-cli-policies.json"));
        RealmTemplate file = RealmTemplate.of(Files.readString(FILES.resolve("keycloak-config-cli.json")))
                .with(Json.parse(StockRealm.HOUSE_RULES));
        Files.writeString(
                folder.resolve("keycloak-config-cli.json"), file.document().toString());
    }

    private static String command(KeycloakServer server) throws IOException {
        Matcher command = COMMAND.matcher(Files.readString(FILES.resolve("README.md")));
        assertThat(command.find()).isTrue();
        return command.group()
                .replace("keycloak-config-cli.jar", System.getProperty("keycloak-config-cli.jar"))
                .replace("https://keycloak.example.com", server.url().toString())
                .replace("user=admin", "user=" + server.admin().name());
    }

    /** All but the policies that are gone, the notes of the tool, and a theme that is set to nothing. */
    private static JsonNode others(McpRealm realm) {
        ObjectNode export = StockRealm.export(realm).deepCopy();
        return export.without(List.of("components", "attributes", "loginTheme"));
    }

    private static List<String> names(McpRealm realm, String kind) {
        return realm.read("/client-policies/" + kind).path(kind).findValuesAsText("name");
    }
}
