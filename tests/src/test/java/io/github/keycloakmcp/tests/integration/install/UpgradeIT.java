package io.github.keycloakmcp.tests.integration.install;

import java.nio.file.Path;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.DistributionKeycloak;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.RealmTemplate;
import io.github.keycloakmcp.tests.server.ServerOptions;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import static io.github.keycloakmcp.tests.server.McpRealm.SERVER_A;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A realm with clients and sessions from before an upgrade. {@code -Dupgrade.keycloak=…zip} names the Keycloak to come from,
 * {@code -Dupgrade.jar} the jar, {@code -Dupgrade.realm.config} the folder of the realm file; what is not named is what is
 * tested otherwise. Where Keycloak stays the same and the newer jar adds nothing to the realm, the way back is gone as well.
 */
@EnabledIf(value = "hasOrigin", disabledReason = "-Dupgrade.keycloak or -Dupgrade.jar names what to come from")
class UpgradeIT {

    private final Path oldKeycloak = path("upgrade.keycloak", TestSettings.distribution());
    private final Path oldJar = path("upgrade.jar", TestSettings.productJar());
    private final Path oldRealm = path("upgrade.realm.config", TestSettings.realmConfig());

    @Test
    void clientsSessionsAndTheRealmOutliveIt() {
        ServerOptions options =
                ServerOptions.ofTestRun().named("keycloak-upgrade").withProviders(oldJar);
        try (DistributionKeycloak server = DistributionKeycloak.start(oldKeycloak, options)) {
            McpRealm realm =
                    McpRealm.create(server, RealmTemplate.read(oldRealm, true).resolved(Map.of()), "upgraded");
            McpClient client = McpClient.of(realm).registered(ClientMetadata.unique("Resident"));
            Tokens online = granted(client, "mcp:tools");
            Tokens offline = granted(client, "mcp:tools offline_access");

            server.replace(TestSettings.distribution(), TestSettings.productJar());
            online = refreshed(client, online);
            offline = refreshed(client, offline);
            boolean nothingNew = converge(realm).isEmpty();
            assertThat(converge(realm)).isEmpty();
            assertThat(realm.read("/mcp").path("pending")).isEmpty();
            assertThat(realm.read("/mcp/diagnosis").path("ok").asBoolean()).isTrue();
            newcomersAreLetIn(realm, client);

            if (nothingNew && oldKeycloak.equals(TestSettings.distribution())) {
                server.replace(oldKeycloak, oldJar);
                refreshed(client, online);
                refreshed(client, offline);
                newcomersAreLetIn(realm, client);
            }
        }
    }

    private static void newcomersAreLetIn(McpRealm realm, McpClient resident) {
        granted(resident, "mcp:tools");
        granted(McpClient.of(realm).registered(ClientMetadata.unique("Newcomer")), "mcp:tools");
    }

    private static JsonNode converge(McpRealm realm) {
        return Json.parse(AdminApi.succeeded("PUT", "/mcp", realm.put("/mcp", "{}"))
                        .asString())
                .path("changes");
    }

    private static Tokens granted(McpClient client, String scope) {
        Tokens tokens = client.obtain(
                Browser.of("alice"), client.authorization().resource(SERVER_A).scope(scope));
        TokenAssertion.assertThat(tokens).isFor(SERVER_A);
        return tokens;
    }

    private static Tokens refreshed(McpClient client, Tokens old) {
        Tokens tokens = client.refresh(old.refresh()).tokens();
        TokenAssertion.assertThat(tokens).isFor(SERVER_A);
        return tokens;
    }

    private static Path path(String property, Path otherwise) {
        return TestSettings.text(property).map(Path::of).orElse(otherwise);
    }

    static boolean hasOrigin() {
        return TestSettings.text("upgrade.keycloak").isPresent()
                || TestSettings.text("upgrade.jar").isPresent();
    }
}
