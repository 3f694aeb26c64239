package io.github.keycloakmcp.tests.integration.admin;

import java.net.URI;
import java.util.Map;

import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.server.KeycloakCluster;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.RealmTemplate;
import io.github.keycloakmcp.tests.server.SharedServers;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server that trusts forwarding headers tells its administrator when a client could have written the address in one. */
@EnabledIf("io.github.keycloakmcp.tests.server.KeycloakCluster#isPossible")
@ExtendWith(SharedServers.class)
class SenderDiagnosisIT {

    @Test
    void anAddressThatAProxyOnlyAddedToIsNamed(KeycloakCluster cluster) {
        try (McpRealm realm = McpRealm.create(
                cluster.first(),
                RealmTemplate.read(TestSettings.realmConfig(), true).resolved(Map.of()),
                "sender-diagnosis")) {
            realm.update("{\"sslRequired\": \"none\"}");
            StockRealm.grant(realm, "alice", "view-realm", "view-clients");
            Http alice = StockRealm.administrator(realm, "alice");
            diagnosis(realm, alice, "198.51.100.9, 203.0.113.7")
                    .names("address-from-header", "a client can write", "proxy-trusted-addresses");
            diagnosis(realm, alice, "203.0.113.7").namesNone("address-from-header");
        }
    }

    private static Diagnosis diagnosis(McpRealm realm, Http administrator, String forwardedFor) {
        URI uri = URI.create(realm.server().url() + "/admin/realms/" + realm.name() + "/mcp/diagnosis");
        return Diagnosis.of(
                administrator.with("X-Forwarded-For", forwardedFor).get(uri).body());
    }
}
