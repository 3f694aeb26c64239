package io.github.keycloakmcp.tests.cost;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Page;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.cost.LifeRequest.Sender;
import io.github.keycloakmcp.tests.server.McpRealm;

import static io.github.keycloakmcp.tests.cost.ManyServers.MODEL;
import static io.github.keycloakmcp.tests.cost.ManyServers.READ;
import static io.github.keycloakmcp.tests.cost.ManyServers.WRITE;

/** Requests for an MCP server with scopes of its own, in a realm that may have many of them. */
public final class ServerObjectRequests {

    private ServerObjectRequests() {}

    /** The requests by what a report calls them; the client credentials are those of the realm's demo machine. */
    public static Map<String, Sender> of(McpRealm realm) {
        Map<String, Sender> requests = new LinkedHashMap<>();
        requests.put("metadata", () -> McpClient.of(realm));
        requests.put("new public client", () -> register(realm, ""));
        requests.put("new public client that names two scopes", () -> register(realm, READ + ' ' + WRITE));
        McpClient installed = register(realm, READ);
        requests.put("login page", () -> loginPage(installed, READ));
        requests.put("login page, scope that the client requests for the first time", new Sender() {

            private McpClient client = installed;

            @Override
            public void prepare() {
                client = register(realm, "");
            }

            @Override
            public void send() {
                loginPage(client, WRITE);
            }
        });
        requests.put("login, code and token", () -> obtain(installed));
        requests.put("refresh", new Sender() {

            private Tokens latest = obtain(installed);

            @Override
            public void rest() {
                Recorder.pause(Duration.ofMillis(1100));
            }

            @Override
            public void send() {
                latest = installed.refresh(latest.refresh(), MODEL).tokens();
            }
        });
        McpClient machine = McpClient.of(realm).identifiedBy("demo-machine", "demo-machine-secret", "");
        requests.put(
                "client credentials",
                () -> machine.clientCredentials(READ, MODEL).expect(200));
        return requests;
    }

    private static McpClient register(McpRealm realm, String scope) {
        ClientMetadata metadata = ClientMetadata.unique("Grows");
        return McpClient.of(realm).registered(scope.isEmpty() ? metadata : metadata.scope(scope));
    }

    private static void loginPage(McpClient client, String scope) {
        Page page = Browser.of("bob")
                .open(client.authorization().resource(MODEL).scope(scope).uri());
        if (!page.isLogin()) {
            throw new IllegalStateException("no login page: " + page.text());
        }
    }

    private static Tokens obtain(McpClient client) {
        return client.obtain(
                Browser.of("bob"), client.authorization().resource(MODEL).scope(READ));
    }
}
