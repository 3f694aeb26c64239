package io.github.keycloakmcp.tests.integration.cimd;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Page;
import io.github.keycloakmcp.tests.server.DocumentHost;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.github.keycloakmcp.tests.server.McpRealm.SERVER_A;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * First logins with a new document while strangers open documents of a hostile host. {@code target/hostile-hosts.md} says how
 * long they took; {@code -Dhostile.logins=100} for figures.
 */
@KeycloakTest(variables = "MCP_ALLOW_LOOPBACK_DOCUMENTS=true")
@DisabledIfSystemProperty(
        named = "keycloak.url",
        matches = ".+",
        disabledReason = "needs a host that the server trusts")
@DisabledIfSystemProperty(named = "server", matches = "container", disabledReason = "needs the server's own loopback")
@ResourceLock(KeycloakTest.SERVER)
class HostileHostsIT {

    private static final int LOGINS = Integer.getInteger("hostile.logins", 10);
    private static final int STRANGERS = 8;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final McpRealm realm;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicBoolean over = new AtomicBoolean();

    HostileHostsIT(McpRealm realm) {
        this.realm = realm;
    }

    enum Host {
        NONE,
        SLOW,
        HUGE,
        FLAPPING
    }

    @AfterEach
    void close() {
        over.set(true);
        threads.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource
    void honestFirstLoginsGoOn(Host hostile) throws IOException {
        McpClient registered = McpClient.of(realm).registered(ClientMetadata.unique("Registered"));
        List<Long> millis = new ArrayList<>();
        int refused = 0;
        try (DocumentHost honest = DocumentHost.start();
                ServerSocket door = new ServerSocket(0, 100, InetAddress.getLoopbackAddress())) {
            threads.execute(() -> serve(door, hostile));
            for (int i = 0; i < STRANGERS && hostile != Host.NONE; i++) {
                threads.execute(() -> harass("http://localhost:" + door.getLocalPort() + "/"));
            }
            for (int i = 0; i < LOGINS; i++) {
                String url = honest.publish(
                        "/" + NUMBER.incrementAndGet(), "\"redirect_uris\": [\"http://localhost/callback\"]");
                long begin = System.nanoTime();
                refused += open(url).isLogin() ? 0 : 1;
                millis.add((System.nanoTime() - begin) / 1_000_000);
                assertThat(open(url).isLogin() || refused > 0)
                        .as("a document that was read once")
                        .isTrue();
            }
            assertThat(registered
                            .obtain(
                                    Browser.of("alice"),
                                    registered.authorization().resource(SERVER_A))
                            .audience())
                    .as("no fetch, no wait")
                    .containsExactly(SERVER_A);
            over.set(true);
        }
        millis.sort(Long::compare);
        Files.createDirectories(Path.of("target"));
        Files.writeString(
                Path.of("target/hostile-hosts.md"),
                String.format(
                        Locale.ROOT,
                        "| %s | %d | %d | %d ms | %d ms | %d ms |%n",
                        hostile.name().toLowerCase(Locale.ROOT),
                        LOGINS,
                        refused,
                        millis.get(LOGINS / 2),
                        millis.get(LOGINS * 95 / 100),
                        millis.get(LOGINS - 1)),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        assertThat(refused).as("first logins that have to be repeated").isLessThanOrEqualTo(LOGINS / 5);
    }

    private void serve(ServerSocket door, Host hostile) {
        int number = 0;
        while (!door.isClosed()) {
            try {
                Socket socket = door.accept();
                boolean answers = hostile == Host.FLAPPING && number++ % 2 == 0;
                threads.execute(() -> answer(socket, hostile, answers));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void answer(Socket socket, Host hostile, boolean answers) {
        try (socket) {
            OutputStream out = socket.getOutputStream();
            if (hostile == Host.HUGE || answers) {
                out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
                byte[] blanks = " ".repeat(8192).getBytes(StandardCharsets.US_ASCII);
                for (int i = 0; hostile == Host.HUGE && i < 10_000 && !over.get(); i++) {
                    out.write(blanks);
                }
            }
            while (hostile == Host.SLOW && !over.get()) {
                Thread.sleep(200);
            }
        } catch (IOException e) {
            // The server has read enough.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void harass(String url) {
        try {
            while (!over.get()) {
                open(url + NUMBER.incrementAndGet());
            }
        } catch (IllegalStateException | UncheckedIOException e) {
            // The test is over, and its threads are interrupted.
        }
    }

    private Page open(String url) {
        McpClient client = McpClient.of(realm).identifiedBy(url, null, "http://localhost:4711/callback");
        return Browser.of("alice")
                .open(client.authorization().resource(SERVER_A).uri());
    }
}
