package io.github.keycloakmcp.tests.integration.database;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Page;
import io.github.keycloakmcp.tests.client.Registration;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.DocumentHost;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests at the same moment, for which a database may end a transaction because of another: MariaDB locks the gaps between
 * rows. Each request succeeds, and nothing of it is lost.
 */
@KeycloakTest(
        variables = {
            "MCP_ALLOW_LOOPBACK_DOCUMENTS=true",
            "MCP_REGISTRATIONS_PER_SENDER=0",
            "MCP_REGISTRATIONS_PER_REALM=0"
        })
@DisabledIfSystemProperty(
        named = "keycloak.url",
        matches = ".+",
        disabledReason = "needs a host that the server trusts")
@DisabledIfSystemProperty(named = "server", matches = "container", disabledReason = "needs the server's own loopback")
class AtOnceIT {

    private static final int PARTIES = 16;
    private static final int ROUNDS = 3;

    private final McpRealm realm;
    private final ExecutorService threads = Executors.newFixedThreadPool(PARTIES);

    AtOnceIT(McpRealm realm) {
        this.realm = realm;
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    @Test
    void usersWhoAllowAccessForTheFirstTimeAreNotAskedAgain() {
        String users = IntStream.range(0, PARTIES).mapToObj("""
                        {"username": "user-%d", "enabled": true, "email": "user-%1$d@example.com", "firstName": "U",
                         "lastName": "N", "credentials": [{"type": "password", "value": "user-%1$d"}]}
                        """::formatted).collect(Collectors.joining(","));
        AdminApi.succeeded("POST", "users", realm.post("/partialImport", "{\"users\": [" + users + "]}"));
        List<Browser> browsers = IntStream.range(0, PARTIES)
                .mapToObj(i -> Browser.of("user-" + i))
                .toList();
        for (int round = 0; round < ROUNDS; round++) {
            McpClient client = McpClient.of(realm).registered(ClientMetadata.unique("Asks"));
            List<Page> asked =
                    atOnce(i -> browsers.get(i).reach(client.authorization().resource(McpRealm.SERVER_A)));
            atOnce(i -> browsers.get(i).accept(asked.get(i)));
            assertThat(atOnce(i -> browsers.get(i)
                            .open(client.authorization()
                                    .resource(McpRealm.SERVER_A)
                                    .uri())))
                    .allSatisfy(page -> assertThat(page.answer().hasCode()).isTrue());
        }
    }

    @Test
    void clientsRegisterAndLeave() {
        for (int round = 0; round < ROUNDS; round++) {
            List<Registration> registered =
                    atOnce(i -> McpClient.of(realm).register(ClientMetadata.unique("Party " + i)));
            assertThat(registered).extracting(Registration::status).containsOnly(201);
            List<Integer> statuses = atOnce(i -> i % 2 == 0
                    ? McpClient.of(realm)
                            .register(ClientMetadata.unique("Comes " + i))
                            .status()
                    : McpClient.of(realm).deleteRegistration(registered.get(i)).status());
            assertThat(statuses).containsOnly(201, 204);
        }
    }

    @Test
    void documentsAreReadForTheFirstTime() {
        try (DocumentHost host = DocumentHost.start()) {
            List<String> urls = IntStream.range(0, PARTIES)
                    .mapToObj(i ->
                            host.publish("/many/" + i / 2, "\"redirect_uris\": [\"" + ClientMetadata.LOOPBACK + "\"]"))
                    .toList();
            assertThat(atOnce(i -> Browser.of("alice")
                            .open(McpClient.of(realm)
                                    .identifiedBy(urls.get(i), null, ClientMetadata.LOOPBACK)
                                    .authorization()
                                    .resource(McpRealm.SERVER_A)
                                    .uri())))
                    .allSatisfy(page -> assertThat(page.isLogin()).isTrue());
        }
    }

    private <T> List<T> atOnce(IntFunction<T> request) {
        List<CompletableFuture<T>> running = new ArrayList<>();
        for (int i = 0; i < PARTIES; i++) {
            int party = i;
            Supplier<T> one = () -> request.apply(party);
            running.add(CompletableFuture.supplyAsync(one, threads));
        }
        return running.stream().map(CompletableFuture::join).toList();
    }
}
