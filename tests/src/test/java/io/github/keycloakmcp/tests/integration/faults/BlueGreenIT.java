package io.github.keycloakmcp.tests.integration.faults;

import java.nio.file.Path;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Page;
import io.github.keycloakmcp.tests.client.Registration;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.DistributionKeycloak;
import io.github.keycloakmcp.tests.server.LoadBalancer;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.PostgresServer;
import io.github.keycloakmcp.tests.server.RealmTemplate;
import io.github.keycloakmcp.tests.server.ServerOptions;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIf;

import static io.github.keycloakmcp.tests.server.McpRealm.SERVER_A;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Another generation of servers takes over behind the same address, as operations.md says. {@code -Dupgrade.keycloak=…zip} names the
 * Keycloak of the older generation, which is the tested one otherwise.
 */
@EnabledIf("io.github.keycloakmcp.tests.server.PostgresServer#isInstalled")
@DisabledIfSystemProperty(named = "keycloak.url", matches = ".+", disabledReason = "starts servers of its own")
@DisabledIfSystemProperty(named = "server", matches = "container", disabledReason = "needs the server's own loopback")
class BlueGreenIT {

    private static final Path OLDER =
            TestSettings.text("upgrade.keycloak").map(Path::of).orElse(TestSettings.distribution());

    @Test
    void aCopyOfTheDatabaseHasEverythingThatWasThere() {
        try (PostgresServer database = PostgresServer.start();
                PostgresServer copy = PostgresServer.start();
                DistributionKeycloak blue = DistributionKeycloak.start(OLDER, node("blue", database));
                LoadBalancer balancer = LoadBalancer.over(blue)) {
            McpRealm realm = McpRealm.create(
                    blue, RealmTemplate.read(TestSettings.realmConfig(), true).resolved(Map.of()), "blue-green");
            Registration registration =
                    McpClient.of(balancer.issuer(realm)).register(ClientMetadata.unique("Resident"));
            McpClient client = McpClient.of(balancer.issuer(realm)).identifiedBy(registration);
            Tokens online = approved(client, "mcp:tools");
            Tokens offline = approved(client, "mcp:tools offline_access");

            copy.execute(database.dump("--exclude-table-data=jgroups_ping"));
            McpClient late = McpClient.of(balancer.issuer(realm)).registered(ClientMetadata.unique("Late"));
            try (DistributionKeycloak green = DistributionKeycloak.start(node("green", copy))) {
                balancer.sendTo(green);
                assertThat(blue.logLines())
                        .as("nodes on two databases are two clusters")
                        .noneMatch(BlueGreenIT::tellsOfTwo);
                blue.stop();

                refreshed(client, online);
                refreshed(client, offline);
                refreshed(client, withoutAQuestion(client));
                client.readRegistration(registration).expect(200);
                assertThat(open(late).isLogin()).as("made after the copy").isFalse();

                McpRealm same = realm.at(green);
                AdminApi.succeeded("PUT", "/mcp", same.put("/mcp", "{}"));
                assertThat(same.read("/mcp").path("pending")).isEmpty();
                assertThat(same.read("/mcp/diagnosis").path("ok").asBoolean()).isTrue();
                approved(
                        McpClient.of(balancer.issuer(realm)).registered(ClientMetadata.unique("Newcomer")),
                        "mcp:tools");
            }
            assertThat(balancer.broken()).isEmpty();
        }
    }

    @Test
    void newNodesTakeOverOnTheSameDatabase() {
        try (PostgresServer database = PostgresServer.start();
                DistributionKeycloak blue =
                        DistributionKeycloak.start(node("blue-stock", database).withProviders());
                LoadBalancer balancer = LoadBalancer.over(blue)) {
            McpRealm realm = McpRealm.create(blue, (ObjectNode) OrdinaryLoad.realm(), "one-database");
            try (DistributionKeycloak green = DistributionKeycloak.start(node("green-with-jar", database));
                    OrdinaryLoad load = new OrdinaryLoad(balancer.issuer(realm))) {
                assertThat(blue.logLines())
                        .as("nodes on one database are one cluster")
                        .anyMatch(BlueGreenIT::tellsOfTwo);
                load.goesOn("both run");
                balancer.sendTo(green);
                load.goesOn("requests go to the new one");
                balancer.sendTo(blue);
                load.goesOn("requests go back to the old one");
                balancer.sendTo(green);
                load.goesOn("requests go to the new one again");
                blue.stop();
                McpRealm same = realm.at(green);
                AdminApi.succeeded("PUT", "/mcp", same.put("/mcp", "{\"servers\": [\"" + SERVER_A + "\"]}"));
                approved(
                        McpClient.of(balancer.issuer(realm)).registered(ClientMetadata.unique("Newcomer")),
                        "mcp:tools");
                load.goesOn("enabled");
            }
            assertThat(balancer.broken()).isEmpty();
        }
    }

    /** What a node logs when another one joins it. */
    private static boolean tellsOfTwo(String line) {
        return line.contains("ISPN000094") && line.contains("] (2) [");
    }

    private static ServerOptions node(String name, PostgresServer database) {
        return ServerOptions.ofTestRun()
                .named(name)
                .onDatabase(database.keycloakArguments())
                .withArguments("--proxy-headers=xforwarded");
    }

    private static Tokens approved(McpClient client, String scope) {
        return forServer(client.obtain(
                Browser.of("alice"), client.authorization().resource(SERVER_A).scope(scope)));
    }

    private static Tokens withoutAQuestion(McpClient client) {
        var request = client.authorization().resource(SERVER_A).scope("mcp:tools");
        return forServer(
                client.redeem(request, Browser.of("alice").reach(request).answer())
                        .tokens());
    }

    private static Page open(McpClient client) {
        return Browser.of("alice")
                .open(client.authorization().resource(SERVER_A).uri());
    }

    private static void refreshed(McpClient client, Tokens old) {
        forServer(client.refresh(old.refresh()).tokens());
    }

    private static Tokens forServer(Tokens tokens) {
        TokenAssertion.assertThat(tokens).isFor(SERVER_A);
        return tokens;
    }
}
