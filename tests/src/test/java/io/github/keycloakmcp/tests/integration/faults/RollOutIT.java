package io.github.keycloakmcp.tests.integration.faults;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.TokenReply;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.DistributionKeycloak;
import io.github.keycloakmcp.tests.server.KeycloakCluster;
import io.github.keycloakmcp.tests.server.LoadBalancer;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two stock nodes behind a load balancer get the extension one after the other, and lose it again, while clients that have nothing
 * to do with MCP go on. In the order of operations.md, none of their requests fails.
 */
@EnabledIf("io.github.keycloakmcp.tests.server.KeycloakCluster#isPossible")
class RollOutIT {

    private static final String SERVER = "https://tools.example.com/mcp";
    private static final String ENABLE = "{\"servers\": [\"" + SERVER + "\"]}";
    private static final Path JAR = TestSettings.productJar();

    private static KeycloakCluster cluster;
    private static LoadBalancer balancer;

    @BeforeAll
    static void start() {
        cluster = KeycloakCluster.stock("rollout", "--proxy-headers=xforwarded", "--shutdown-delay=6s");
        balancer = LoadBalancer.over(cluster.first(), cluster.second());
    }

    @AfterAll
    static void stop() {
        balancer.close();
        cluster.close();
    }

    @Test
    void noRequestOfAnotherClientFails() {
        McpRealm realm = realm("rollout");
        McpRealm early = realm("early");
        DistributionKeycloak first = cluster.first();
        DistributionKeycloak second = cluster.second();
        try (OrdinaryLoad load = new OrdinaryLoad(balancer.issuer(realm))) {
            load.goesOn("before");
            assertThat(version(first)).isEmpty();

            first.reinstall(JAR);
            load.goesOn("first node with the extension");
            assertThat(version(first)).isNotEmpty();
            assertThat(version(second)).isEmpty();
            mcpClientsCannotRegister(realm);
            aRealmThatIsEnabledTooEarlyFailsAtTheOtherNode(early);

            second.reinstall(JAR);
            load.goesOn("both nodes with the extension");
            assertThat(version(second)).isEqualTo(version(first));
            mcpClientsCannotRegister(realm);

            AdminApi.succeeded("PUT", "/mcp", realm.put("/mcp", ENABLE));
            List<McpClient> clients = IntStream.range(0, 2)
                    .mapToObj(number ->
                            McpClient.of(balancer.issuer(realm)).registered(ClientMetadata.unique("Newcomer")))
                    .toList();
            List<Tokens> tokens = clients.stream().map(RollOutIT::connected).toList();
            load.goesOn("enabled");

            AdminApi.succeeded("DELETE", "/mcp", realm.delete("/mcp"));
            mcpClientsCannotRegister(realm);
            theyAreRejected(clients, tokens);
            load.goesOn("disabled");

            first.reinstall();
            load.goesOn("first node without the extension");
            noTokenIsForTheServer(clients, tokens);
            second.reinstall();
            load.goesOn("both nodes without the extension");
            noTokenIsForTheServer(clients, tokens);
            assertThat(version(first) + version(second)).isEmpty();
        }
        assertThat(balancer.broken()).isEmpty();
        assertThat(cluster.nodes())
                .allSatisfy(node -> assertThat(balancer.answeredBy(node)).isGreaterThan(50));
    }

    /** The check of operations.md: a node without the extension answers nothing. */
    private static String version(DistributionKeycloak node) {
        return new AdminApi(node)
                .serverInfo()
                .at("/providers/client-policy-executor/providers/mcp-resource/operationalInfo/keycloak-mcp")
                .asText();
    }

    /** Keycloak's own policy rejects them, at the node with the extension and at the one without it. */
    private static void mcpClientsCannotRegister(McpRealm realm) {
        McpClient client = McpClient.of(balancer.issuer(realm));
        IntStream.range(0, 2)
                .forEach(number -> ErrorAssertion.assertRefused(client.register(ClientMetadata.unique("Late")), 403)
                        .saying("Trusted Hosts"));
    }

    private static void aRealmThatIsEnabledTooEarlyFailsAtTheOtherNode(McpRealm early) {
        URI with = early.at(cluster.first()).issuer();
        URI without = early.at(cluster.second()).issuer();
        AdminApi.succeeded("PUT", "/mcp", early.put("/mcp", ENABLE));
        OrdinaryLoad.login(OrdinaryLoad.application(with));
        McpClient application = OrdinaryLoad.application(without);
        var page = Browser.of("alice").open(application.authorization().uri());
        TokenReply reply = OrdinaryLoad.machine(without).clientCredentials("");
        assertThat(page.status()).isEqualTo(500);
        assertThat(reply.status()).isEqualTo(500);
        AdminApi.succeeded("DELETE", "/mcp", early.delete("/mcp"));
        OrdinaryLoad.login(application);
    }

    private static Tokens connected(McpClient client) {
        Tokens tokens = client.obtain(
                Browser.of("alice"), client.authorization().resource(SERVER).scope("mcp:tools"));
        TokenAssertion.assertThat(tokens).isFor(SERVER);
        Tokens refreshed = client.refresh(tokens.refresh()).tokens();
        TokenAssertion.assertThat(refreshed).isFor(SERVER);
        return refreshed;
    }

    /** The scope is gone, and the extension keeps refresh tokens for servers that are no longer declared from being used. */
    private static void theyAreRejected(List<McpClient> clients, List<Tokens> tokens) {
        IntStream.range(0, clients.size())
                .forEach(number -> ErrorAssertion.assertRefused(
                                clients.get(number).refresh(tokens.get(number).refresh()), 400)
                        .hasError("invalid_grant"));
        theyCannotLogIn(clients);
    }

    private static void theyCannotLogIn(List<McpClient> clients) {
        assertThat(clients)
                .allSatisfy(client -> assertThat(Browser.of("alice")
                                .reach(client.authorization().resource(SERVER).scope("mcp:tools"))
                                .answer()
                                .error())
                        .contains("invalid_scope"));
    }

    /** A node without the extension renews their tokens, without anything that an MCP server accepts. */
    private static void noTokenIsForTheServer(List<McpClient> clients, List<Tokens> tokens) {
        IntStream.range(0, clients.size()).forEach(number -> {
            TokenReply reply = clients.get(number).refresh(tokens.get(number).refresh());
            if (reply.issued()) {
                assertThat(reply.tokens().audience()).doesNotContain(SERVER);
                assertThat(reply.tokens().scopes()).doesNotContain("mcp:tools");
            }
        });
        theyCannotLogIn(clients);
    }

    private static McpRealm realm(String name) {
        return McpRealm.create(cluster.first(), (ObjectNode) OrdinaryLoad.realm(), name);
    }
}
