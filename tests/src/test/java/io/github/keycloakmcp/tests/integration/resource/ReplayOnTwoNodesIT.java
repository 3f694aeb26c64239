package io.github.keycloakmcp.tests.integration.resource;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.TokenReply;
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

/** An identity assertion counts once, whichever of two nodes behind one name it reaches. */
@EnabledIf("io.github.keycloakmcp.tests.server.KeycloakCluster#isPossible")
@ExtendWith(SharedServers.class)
class ReplayOnTwoNodesIT {

    private static final String ID = "replayed";
    private static final String SECRET = "secret-of-the-replayed";
    private static final int AT_ONCE = 20;

    @Test
    void anAssertionThatOneNodeHasAcceptedIsRefusedByTheOther(KeycloakCluster cluster) {
        try (McpRealm realm = McpRealm.create(
                cluster.first(),
                RealmTemplate.read(TestSettings.realmConfig(), true).resolved(Map.of("MCP_SERVERS", SERVER_A)),
                "replay-on-two-nodes")) {
            Enterprise enterprise = Enterprise.trustedBy(realm, "alice");
            realm.clients().create("""
                            {"clientId": "%s", "secret": "%s", "publicClient": false, "standardFlowEnabled": false,
                             "defaultClientScopes": ["basic", "profile", "mcp:tools"],
                             "attributes": {"oauth2.jwt.authorization.grant.enabled": "true",
                               "oauth2.jwt.authorization.grant.idp": "%s"}}
                            """.formatted(ID, SECRET, Enterprise.ALIAS));
            List<McpClient> nodes = List.of(at(realm, realm), at(realm.at(cluster.second()), realm));
            for (int first = 0; first < nodes.size(); first++) {
                String assertion = assertion(enterprise, realm);
                TokenAssertion.assertThat(present(nodes.get(first), assertion).tokens())
                        .isFor(SERVER_A);
                ErrorAssertion.assertRefused(present(nodes.get(1 - first), assertion), 400)
                        .hasError("invalid_grant")
                        .saying("reuse");
            }
            String assertion = assertion(enterprise, realm);
            assertThat(IntStream.range(0, AT_ONCE)
                            .parallel()
                            .mapToObj(number -> present(nodes.get(number % 2), assertion))
                            .filter(TokenReply::issued))
                    .as("the same at the same moment")
                    .hasSize(1);
        }
    }

    /** A client that a proxy sends to one node, under the name of the first. */
    private static McpClient at(McpRealm node, McpRealm name) {
        URI url = URI.create(name.server().url().toString());
        return McpClient.of(node)
                .identifiedBy(ID, SECRET, ClientMetadata.LOOPBACK)
                .sending("X-Forwarded-Host", url.getHost() + ':' + url.getPort());
    }

    private static String assertion(Enterprise enterprise, McpRealm realm) {
        return enterprise.vouch("alice", ID, realm.issuer(), Map.of("resource", SERVER_A));
    }

    private static TokenReply present(McpClient client, String assertion) {
        return client.token(Form.of("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer")
                .with("assertion", assertion));
    }
}
