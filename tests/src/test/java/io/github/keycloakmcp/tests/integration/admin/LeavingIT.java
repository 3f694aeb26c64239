package io.github.keycloakmcp.tests.integration.admin;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.server.DistributionKeycloak;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.ServerOptions;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Whoever removed the jar first repairs the realm with the commands of the documentation, word by word. */
@DisabledIfSystemProperty(named = "keycloak.url", matches = ".+", disabledReason = "starts a server of its own")
@DisabledIfSystemProperty(named = "server", matches = "container", disabledReason = "needs kcadm.sh of the server")
class LeavingIT {

    private static final Pattern RECIPE =
            Pattern.compile("### If the jar was removed first.*?```sh\n(.*?)```", Pattern.DOTALL);

    private static final Pattern VERSION = Pattern.compile("```sh\n *(kcadm.sh get serverinfo.*?)```", Pattern.DOTALL);

    @Test
    void aRealmWhoseJarWasRemovedFirstIsRepairedWithoutIt() throws IOException {
        assumeThat(Path.of("/bin/sh")).exists();
        try (DistributionKeycloak server =
                DistributionKeycloak.start(ServerOptions.ofTestRun().named("keycloak-leaving"))) {
            McpRealm realm = StockRealm.create(server, "example");
            Shell shell = Shell.in(TestSettings.realmConfig().resolve("existing-realm"));
            Shell kcadm = shell.administering(server);
            kcadm.run("kcadm.sh update realms/example -s displayName=Example"); // Keycloak spells out defaults then
            JsonNode before = withoutTheme(StockRealm.export(realm));
            String enable = "kcadm.sh update mcp -r example -f enable.json -o";
            assertThat(changes(kcadm.run(enable))).isNotEmpty();
            assertThat(changes(kcadm.run(enable))).isEmpty();
            StockRealm.theOldApplicationStillWorks(realm);
            assertThat(kcadm.run(command(VERSION)).strip()).matches("\\d+\\.\\d+\\.\\d+\\S*");
            String diagnose = "./diagnose.sh example ";
            assertThat(kcadm.run(diagnose + "--client vscode --resource https://tools.example.com/mcp"))
                    .contains("No problem found", "resource-declared", "client-would-register");
            assertThat(kcadm.run(diagnose + "--resource https://unknown.example/mcp || test $? = 1"))
                    .contains("ERROR  resource-unknown", "POST", "Fix the errors first");

            Files.delete(server.home()
                    .resolve("providers")
                    .resolve(TestSettings.productJar().getFileName()));
            server.restart();
            assertThat(Http.plain().get(login(realm)).statusCode()).isGreaterThanOrEqualTo(500);

            Shell without = shell.administering(server);
            assertThat(without.run(command(VERSION)).strip()).isEqualTo("none");
            without.run(command(RECIPE));
            StockRealm.theOldApplicationStillWorks(realm);
            assertThat(withoutTheme(StockRealm.export(realm))).isEqualTo(before);
            ErrorAssertion.assertRefused(McpClient.of(realm).register(ClientMetadata.named("Late")), 403)
                    .saying("Trusted Hosts");
        }
    }

    /** As it is in the documentation. */
    private static String command(Pattern pattern) throws IOException {
        Matcher recipe =
                pattern.matcher(Files.readString(TestSettings.realmConfig().resolve("../docs/operations.md")));
        assertThat(recipe.find()).isTrue();
        return recipe.group(1);
    }

    private static URI login(McpRealm realm) {
        return McpClient.of(realm)
                .identifiedBy("intranet", null, StockRealm.CALLBACK)
                .authorization()
                .uri();
    }

    /** A theme that is not set and one that is set to nothing are the same. */
    private static JsonNode withoutTheme(JsonNode export) {
        ObjectNode copy = export.deepCopy();
        if (copy.path("loginTheme").asText().isEmpty()) {
            copy.remove("loginTheme");
        }
        return copy;
    }

    private static JsonNode changes(String output) {
        return Json.parse(output.substring(output.indexOf('{'))).path("changes");
    }
}
