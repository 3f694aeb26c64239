package io.github.keycloakmcp.tests.integration.registration;

import java.net.URI;
import java.util.List;
import java.util.Map;

import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.client.HttpReply;
import io.github.keycloakmcp.tests.server.KeycloakCluster;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.RealmTemplate;
import io.github.keycloakmcp.tests.server.SharedServers;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

import static org.assertj.core.api.Assertions.assertThat;

/** PostgreSQL keeps no text with a NUL, and fails where it is asked for one. */
@EnabledIf("io.github.keycloakmcp.tests.server.KeycloakCluster#isPossible")
@ExtendWith(SharedServers.class)
@ResourceLock(SharedServers.CLUSTER)
class UnstorableTextIT {

    private static final String NUL = "%00";

    @Test
    void aTextThatTheDatabaseCannotKeepIsNoServerError(KeycloakCluster cluster) {
        try (McpRealm realm = McpRealm.create(
                cluster.first(),
                RealmTemplate.read(TestSettings.realmConfig(), true).resolved(Map.of()),
                "nul")) {
            URI client = ManagedAt.of(realm, "a" + NUL);
            String body = ClientMetadata.named("A")
                    .with("client_id", "a\u0000")
                    .json()
                    .toString();
            for (HttpReply reply : List.of(
                    Http.plain().get(client),
                    Http.plain().json("PUT", client, body),
                    Http.plain().delete(client))) {
                ErrorAssertion.assertRefused(reply, 401).hasError("invalid_token");
            }
            assertThat(realm.delete("/mcp/clients/a" + NUL).statusCode()).isEqualTo(404);
        }
    }
}
