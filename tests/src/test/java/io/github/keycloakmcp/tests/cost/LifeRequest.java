package io.github.keycloakmcp.tests.cost;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Page;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.DocumentHost;
import io.github.keycloakmcp.tests.server.McpRealm;

/** The requests of an MCP client's life, whose cost is compared with that without the extension. */
public enum LifeRequest {
    METADATA {
        @Override
        public Sender sender(McpRealm realm, String server) {
            return () -> McpClient.of(realm);
        }
    },
    NEW_PUBLIC_CLIENT {
        @Override
        public Sender sender(McpRealm realm, String server) {
            McpClient party = McpClient.of(realm);
            return () -> party.registered(ClientMetadata.unique("New"));
        }
    },
    SAME_CLIENT_AGAIN {
        @Override
        public Sender sender(McpRealm realm, String server) {
            McpClient party = McpClient.of(realm);
            return () -> party.registered(ClientMetadata.named("Same"));
        }
    },
    LOGIN_PAGE {
        @Override
        public Sender sender(McpRealm realm, String server) {
            McpClient client = McpClient.of(realm).registered(ClientMetadata.unique("Login page"));
            return () -> loginPage(client, server);
        }
    },
    /** The login form has been reached before, which costs the same with and without. */
    FIRST_LOGIN_WITH_CONSENT {
        @Override
        public Sender sender(McpRealm realm, String server) {
            Browser alice = Browser.of("alice");
            return new Sender() {

                private McpClient client = McpClient.of(realm);

                @Override
                public void prepare() {
                    alice.forget();
                    client = McpClient.of(realm).registered(ClientMetadata.unique("First login"));
                }

                @Override
                public void rest() {
                    Recorder.nextSecond();
                }

                @Override
                public void send() {
                    obtain(client, alice, server);
                }
            };
        }
    },
    LATER_LOGIN {
        @Override
        public Sender sender(McpRealm realm, String server) {
            McpClient client = McpClient.of(realm).registered(ClientMetadata.unique("Later login"));
            return new Sender() {

                @Override
                public void rest() {
                    Recorder.nextSecond();
                }

                @Override
                public void send() {
                    obtain(client, Browser.of("bob"), server);
                }
            };
        }
    },
    REFRESH {
        @Override
        public Sender sender(McpRealm realm, String server) {
            McpClient client = McpClient.of(realm).registered(ClientMetadata.unique("Refresh"));
            return new Sender() {

                private Tokens latest = obtain(client, Browser.of("bob"), server);

                /** Keycloak writes the time of a refresh in seconds, and only if it is another one. */
                @Override
                public void rest() {
                    Recorder.pause(Duration.ofMillis(1100));
                }

                @Override
                public void send() {
                    latest = client.refresh(latest.refresh(), server).tokens();
                }
            };
        }
    },
    CLIENT_CREDENTIALS {
        @Override
        public Sender sender(McpRealm realm, String server) {
            McpClient client = McpClient.of(realm).identifiedBy("demo-machine", "demo-machine-secret", "");
            return () -> client.clientCredentials("", server).expect(200);
        }
    };

    /** Values for the shipped realm file: all limits are on, and none is reached. */
    public static final Map<String, String> REALM = Map.of(
            "MCP_REGISTRATIONS_PER_SENDER", "1000000",
            "MCP_REGISTRATIONS_PER_REALM", "1000000",
            "MCP_MAX_CLIENTS", "1000000",
            "MCP_ALLOW_LOOPBACK_DOCUMENTS", "true");

    /** Sends a request for an MCP server again and again, from a client of its own. */
    public abstract Sender sender(McpRealm realm, String server);

    /** Sends requests of a machine, each for the next server of a realm with many. */
    public static Sender forTheNextServer(McpRealm realm) {
        McpClient client = McpClient.of(realm).identifiedBy("demo-machine", "demo-machine-secret", "");
        List<String> servers = realm.read("/mcp/servers?max=100").findValuesAsText("uri");
        AtomicInteger next = new AtomicInteger();
        return () -> client.clientCredentials("", servers.get(next.getAndIncrement() % servers.size()))
                .expect(200);
    }

    /** Opens the login page as a client with a metadata document that the realm knows, or does not know yet. */
    public static Sender documentLoginPage(McpRealm realm, DocumentHost host, String server, boolean known) {
        AtomicInteger next = new AtomicInteger();
        McpClient party = McpClient.of(realm);
        return () -> {
            String path = "/" + realm.name() + "/" + (known ? 0 : next.getAndIncrement());
            String url = host.publish(
                    path, "\"client_name\": \"Document\", \"redirect_uris\": [\"" + ClientMetadata.LOOPBACK + "\"]");
            loginPage(party.identifiedBy(url, null, ClientMetadata.LOOPBACK), server);
        };
    }

    private static void loginPage(McpClient client, String server) {
        Page page =
                Browser.of("bob").open(client.authorization().resource(server).uri());
        if (!page.isLogin()) {
            throw new IllegalStateException("no login page: " + page.text());
        }
    }

    /** What a report calls it. */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static Tokens obtain(McpClient client, Browser browser, String server) {
        AuthorizationRequest request = client.authorization().resource(server);
        return client.obtain(browser, request);
    }

    /** One party that sends. */
    @FunctionalInterface
    public interface Sender {

        /** Makes what the next request needs; is not measured. */
        default void prepare() {}

        /** Waits for what makes the statements of the next request the same as those of the last. */
        default void rest() {}

        /** Sends one request, and throws unless it succeeds. */
        void send();
    }
}
