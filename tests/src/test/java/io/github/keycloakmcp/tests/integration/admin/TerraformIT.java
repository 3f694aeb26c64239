package io.github.keycloakmcp.tests.integration.admin;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.DistributionKeycloak;
import io.github.keycloakmcp.tests.server.ExampleServer;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakServer;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.Ports;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The Terraform snippet, applied and destroyed by Terraform. */
@KeycloakTest
@EnabledIf(value = "hasTerraform", disabledReason = "no terraform on the PATH")
@DisabledIfSystemProperty(named = "keycloak.url", matches = ".+", disabledReason = "needs kcadm.sh of the server")
@DisabledIfSystemProperty(named = "server", matches = "container", disabledReason = "needs kcadm.sh of the server")
class TerraformIT {

    private static final String SETTINGS =
            "{\"maxClients\": 7, \"allowLoopback\": true, \"trustedHosts\": [\"b.example\", \"a.example\"]}";

    @Test
    void aRealmIsEnabledFollowsItsVariablesAndIsLeft(KeycloakServer server, McpRealm neighbour, @TempDir Path folder)
            throws IOException {
        try (McpRealm realm = StockRealm.create(server, neighbour.name() + "-stock")) {
            JsonNode before = StockRealm.export(realm);
            Files.copy(TestSettings.realmConfig().resolve("existing-realm/main.tf"), folder.resolve("main.tf"));
            Shell shell = Shell.in(folder)
                    .with("TF_IN_AUTOMATION", "1")
                    .with("TF_INPUT", "0")
                    .with("CHECKPOINT_DISABLE", "1") // asks nobody for news
                    .administering((DistributionKeycloak) server);
            shell.run("terraform init && terraform validate && terraform fmt -check -diff main.tf");

            variables(folder, realm, StockRealm.SERVER, "{}");
            shell.run("terraform apply -auto-approve");
            assertThat(pending(realm, StockRealm.SERVER, "{}")).isEmpty();
            StockRealm.theOldApplicationStillWorks(realm);
            JsonNode enabled = StockRealm.export(realm);
            shell.run("terraform plan -detailed-exitcode"); // 2 if anything were to do
            shell.run("terraform apply -auto-approve");
            assertThat(StockRealm.export(realm)).isEqualTo(enabled);

            int port = Ports.free();
            URI resource = ExampleServer.resourceAt(port);
            String scope = realm.scopes().path("mcp:tools");
            variables(folder, realm, resource.toString(), SETTINGS);
            assertThat(shell.run("terraform apply -auto-approve")).doesNotContain("terraform_data.mcp: Destroying");
            assertThat(realm.scopes().path("mcp:tools")).isEqualTo(scope);
            assertThat(pending(realm, resource.toString(), SETTINGS)).isEmpty();
            try (ExampleServer tools = ExampleServer.start(port, realm.issuer())) {
                StockRealm.aNewClientReachesATool(realm, tools.resource());
            }

            AdminApi.succeeded("DELETE", "/mcp/clients", realm.delete("/mcp/clients?vendor=loopback"));
            shell.run("terraform destroy -auto-approve");
            assertThat(StockRealm.export(realm)).isEqualTo(before);
            ErrorAssertion.assertRefused(McpClient.of(realm).register(ClientMetadata.named("Late")), 403)
                    .saying("Trusted Hosts");
        }
    }

    static boolean hasTerraform() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "terraform")));
    }

    private static void variables(Path folder, McpRealm realm, String server, String settings) throws IOException {
        Files.writeString(folder.resolve("terraform.tfvars"), """
                realm    = "%s"
                servers  = ["%s"]
                settings = %s
                """.formatted(realm.name(), server, settings));
    }

    /** What set-up with the same would change. */
    private static JsonNode pending(McpRealm realm, String server, String settings) {
        ObjectNode document = Json.parseObject(settings);
        document.putArray("servers").add(server);
        return Json.parse(AdminApi.succeeded("PUT", "/mcp", realm.put("/mcp?dryRun=true", document))
                        .asString())
                .path("changes");
    }
}
