package io.github.keycloakmcp.benchmarks.signing;

import java.util.List;
import java.util.stream.Stream;

import io.github.keycloakmcp.benchmarks.Case;
import io.github.keycloakmcp.benchmarks.Size;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.server.McpRealm;

/** A machine's token, signed with each algorithm that an administrator may choose for access tokens; half of its cost is this. */
public final class SigningCases {

    private static final int REQUESTS = 480;

    /** All cases. */
    public static final List<Case> ALL =
            Stream.of("RS256", "ES256", "EdDSA").<Case>map(Signed::new).toList();

    private SigningCases() {}

    private record Signed(String algorithm) implements Case {

        @Override
        public String name() {
            return "client credentials, " + algorithm;
        }

        @Override
        public Size size() {
            return new Size(1, 100);
        }

        @Override
        public int requests() {
            return REQUESTS;
        }

        @Override
        public Connection connect(McpRealm realm, boolean product) {
            String id = "machine-" + algorithm;
            if (!realm.clients().contains(id)) {
                realm.clients().create("""
                        {"clientId": "%s", "secret": "secret", "publicClient": false, "serviceAccountsEnabled": true,
                         "defaultClientScopes": ["basic", "mcp:tools"],
                         "attributes": {"access.token.signed.response.alg": "%s"}}
                        """.formatted(id, algorithm));
            }
            McpClient client = McpClient.of(realm).identifiedBy(id, "secret", "");
            return () -> client.clientCredentials("", size().server()).expect(200);
        }
    }
}
