package io.github.keycloakmcp.benchmarks.token;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

import io.github.keycloakmcp.benchmarks.Case;
import io.github.keycloakmcp.benchmarks.Size;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.McpRealm;

/** The grants whose cost matters, in realms of several sizes. The first size is the one that is compared with itself. */
public final class TokenCases {

    private static final Size SMALL = new Size(1, 100);
    private static final Size MANY_SERVERS = new Size(10_000, 100);
    private static final Size MANY_CLIENTS = new Size(1, 10_000);

    /** A realm beside, on a server that has the extension for others. */
    private static final Size OTHER_REALM = new Size(0, 100);

    private static final int SHORT = 480;
    private static final int LONG = 24;

    /** All cases. */
    public static final List<Case> ALL = List.of(
            otherClient(SMALL),
            machine(SMALL),
            refresh(SMALL),
            codeFlow(SMALL),
            otherClient(OTHER_REALM),
            refresh(OTHER_REALM),
            machine(new Size(100, 100)),
            machine(MANY_SERVERS),
            refresh(MANY_SERVERS),
            otherClient(MANY_CLIENTS),
            machine(MANY_CLIENTS),
            refresh(MANY_CLIENTS));

    private TokenCases() {}

    private static Case otherClient(Size size) {
        return new Token("client credentials, no MCP scope", size, SHORT, (realm, server) -> {
            ensureClient(
                    realm, "other-machine", "\"serviceAccountsEnabled\": true, \"defaultClientScopes\": [\"basic\"]");
            McpClient client = McpClient.of(realm).identifiedBy("other-machine", "secret", "");
            return () -> client.clientCredentials("").expect(200);
        });
    }

    private static Case machine(Size size) {
        return new Token("client credentials", size, SHORT, (realm, server) -> {
            McpClient client = McpClient.of(realm).identifiedBy("demo-machine", "demo-machine-secret", "");
            return () -> client.clientCredentials("", server).expect(200);
        });
    }

    private static Case refresh(Size size) {
        return new Token("refresh", size, SHORT, (realm, server) -> {
            McpClient client = browserClient(realm);
            List<Tokens> latest = new ArrayList<>();
            latest.add(client.obtain(Browser.of("alice"), client.authorization().resource(server)));
            return () -> latest.set(
                    0, client.refresh(latest.get(0).refresh(), server).tokens());
        });
    }

    private static Case codeFlow(Size size) {
        return new Token("login, code and token", size, LONG, (realm, server) -> {
            McpClient client = browserClient(realm);
            client.obtain(Browser.of("alice"), client.authorization().resource(server)); // consent is asked for once
            return () ->
                    client.obtain(Browser.of("alice"), client.authorization().resource(server));
        });
    }

    private record Token(String name, Size size, int requests, BiFunction<McpRealm, String, Connection> request)
            implements Case {

        @Override
        public Connection connect(McpRealm realm, boolean product) {
            return request.apply(realm, size.server());
        }
    }

    private static McpClient browserClient(McpRealm realm) {
        ensureClient(realm, "browser-client", """
                "redirectUris": ["%s"], "defaultClientScopes": ["basic", "mcp:tools"]
                """.formatted(ClientMetadata.LOOPBACK));
        return McpClient.of(realm).identifiedBy("browser-client", "secret", ClientMetadata.LOOPBACK);
    }

    private static void ensureClient(McpRealm realm, String clientId, String more) {
        if (!realm.clients().contains(clientId)) {
            realm.clients().create("""
                    {"clientId": "%s", "secret": "secret", "publicClient": false, %s}
                    """.formatted(clientId, more));
        }
    }
}
