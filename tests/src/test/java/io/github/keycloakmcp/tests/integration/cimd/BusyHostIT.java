package io.github.keycloakmcp.tests.integration.cimd;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Page;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.DocumentHost;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.parallel.ResourceLock;

import static io.github.keycloakmcp.tests.server.McpRealm.SERVER_A;
import static org.assertj.core.api.Assertions.assertThat;

/** Many at once: who waits for a dead host is refused, who does not is served. */
@KeycloakTest(variables = "MCP_ALLOW_LOOPBACK_DOCUMENTS=true")
@DisabledIfSystemProperty(
        named = "keycloak.url",
        matches = ".+",
        disabledReason = "needs a host that the server trusts")
@DisabledIfSystemProperty(named = "server", matches = "container", disabledReason = "needs the server's own loopback")
@ResourceLock(KeycloakTest.SERVER)
class BusyHostIT {

    private static final int MANY = 200;

    private final McpRealm realm;
    private final ExecutorService users = Executors.newFixedThreadPool(MANY);

    BusyHostIT(McpRealm realm) {
        this.realm = realm;
    }

    @AfterEach
    void close() {
        users.shutdownNow();
    }

    /** The host accepts connections and never answers. Few requests wait for it, and none of the others waits for them. */
    @Test
    void aDeadHostHoldsNobodyElseUp() throws IOException {
        McpClient other = McpClient.of(realm).registered(ClientMetadata.named("Other"));
        try (ServerSocket dead = new ServerSocket(0, MANY, InetAddress.getLoopbackAddress())) {
            String url = "https://localhost:" + dead.getLocalPort() + "/client";
            List<CompletableFuture<Page>> waiting = IntStream.range(0, MANY)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> open(url + i), users))
                    .toList();
            Tokens tokens =
                    other.obtain(Browser.of("alice"), other.authorization().resource(SERVER_A));
            TokenAssertion.assertThat(tokens).isFor(SERVER_A);
            assertThat(waiting)
                    .extracting(CompletableFuture::join)
                    .allSatisfy(
                            page -> assertThat(page.status()).as(page.text()).isEqualTo(400));
        }
        assertThat(realm.clients().ids()).noneMatch(id -> id.startsWith("https://"));
    }

    /** All of them create the same client; one has, and the others find it. */
    @Test
    void firstLoginsAtOnceMakeOneClient() {
        try (DocumentHost host = DocumentHost.start()) {
            String url = host.publish("/client.json", "\"redirect_uris\": [\"http://localhost/callback\"]");
            List<CompletableFuture<Page>> first = IntStream.range(0, 4)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> open(url), users))
                    .toList();
            assertThat(first)
                    .extracting(CompletableFuture::join)
                    .allSatisfy(
                            page -> assertThat(page.isLogin()).as(page.text()).isTrue());
            assertThat(realm.clients().ids()).containsOnlyOnce(url);
        }
    }

    private Page open(String url) {
        McpClient client = McpClient.of(realm).identifiedBy(url, null, "http://localhost:4711/callback");
        return Browser.of("alice")
                .open(client.authorization().resource(SERVER_A).uri());
    }
}
