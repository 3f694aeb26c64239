package io.github.keycloakmcp.tests.integration.admin;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.TokenReply;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.Awaited;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakCluster;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.RealmTemplate;
import io.github.keycloakmcp.tests.server.SharedServers;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

import static io.github.keycloakmcp.tests.server.McpRealm.SERVER_A;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * An approval that is taken back on one node is gone on the other, which has just used it and remembers it. Only what Keycloak's
 * message to the other node takes is waited for.
 */
@EnabledIf("io.github.keycloakmcp.tests.server.KeycloakCluster#isPossible")
@ExtendWith(SharedServers.class)
class ApprovalsOnTwoNodesIT {

    private static final Duration MESSAGE = Duration.ofSeconds(20);

    @Test
    void whatIsTakenBackOnOneNodeIsAskedForAgainOnTheOther(KeycloakCluster cluster) {
        try (McpRealm first = McpRealm.create(
                cluster.first(),
                RealmTemplate.read(TestSettings.realmConfig(), true).resolved(Map.of("MCP_SERVERS", SERVER_A)),
                "approvals-on-two-nodes")) {
            McpRealm second = first.at(cluster.second());
            McpClient client = McpClient.of(second).registered(ClientMetadata.unique("Approved"));
            for (String filter : new String[] {"user=alice", "client=" + client.clientId(), "server=" + SERVER_A}) {
                Browser alice = Browser.of("alice");
                Deque<Tokens> tokens = new ArrayDeque<>();
                tokens.add(client.obtain(alice, client.authorization().resource(SERVER_A)));
                tokens.add(client.refresh(tokens.getLast().refresh()).tokens());
                TokenAssertion.assertThat(tokens.getLast()).isFor(SERVER_A);
                revoke(first, filter);
                Awaited.untilAsserted(MESSAGE, () -> assertEnded(client, tokens));
                assertThat(alice.reach(client.authorization().resource(SERVER_A))
                                .isConsent())
                        .as(filter)
                        .isTrue();
            }
        }
    }

    /** Each refresh token is sent once, so that it is not refused for having been used before. */
    private static void assertEnded(McpClient client, Deque<Tokens> tokens) {
        TokenReply reply = client.refresh(tokens.getLast().refresh());
        if (reply.issued()) {
            tokens.add(reply.tokens());
        }
        ErrorAssertion.assertRefused(reply, 400).hasError("invalid_grant");
    }

    private static void revoke(McpRealm realm, String filter) {
        String[] one = filter.split("=", 2);
        String answer = realm.delete(
                        "/mcp/approvals?" + one[0] + "=" + URLEncoder.encode(one[1], StandardCharsets.UTF_8))
                .asString();
        assertThat(Json.parseObject(answer).path("revoked").asInt()).as(answer).isEqualTo(1);
    }
}
