package io.github.keycloakmcp.tests.integration.discovery;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.client.HttpReply;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Awaited;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakCluster;
import io.github.keycloakmcp.tests.server.KeycloakServer;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.RealmTemplate;
import io.github.keycloakmcp.tests.server.SharedServers;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Metadata is computed once and sent from memory. After each change that it depends on, both nodes send what the first would
 * compute from scratch.
 */
@EnabledIf("io.github.keycloakmcp.tests.server.KeycloakCluster#isPossible")
@ExtendWith(SharedServers.class)
class MetadataChangesIT {

    private static final List<String> DOCUMENTS = List.of("oauth-authorization-server", "openid-configuration");

    private static final Map<String, Consumer<McpRealm>> CHANGES = Map.of(
            "a scope is hidden",
            realm -> realm.edit(
                    realm.scopes().path("email"),
                    scope -> scope.withObject("/attributes").put("include.in.openid.provider.metadata", "false")),
            "servers are advertised",
            realm -> realm.scopes()
                    .editMapper(
                            "mcp:tools",
                            "mcp-resource-audience",
                            mapper -> mapper.withObject("/config").put("advertise-servers", "true")),
            "a scope is no longer for every client",
            realm -> AdminApi.succeeded(
                    "DELETE",
                    "offline_access",
                    realm.delete("/default-optional-client-scopes/"
                            + realm.scopes().get("offline_access").path("id").asText())),
            "a scope has another name",
            realm -> realm.edit(realm.scopes().path("profile"), scope -> scope.put("name", "person")),
            "users may sign up",
            realm -> realm.update("{\"registrationAllowed\": true}"),
            "there are levels of authentication",
            realm -> realm.update("{\"attributes\": {\"acr.loa.map\": \"{\\\"gold\\\": 2}\"}}"),
            "metadata documents are switched off",
            realm -> realm.edit(
                    "/client-policies/policies",
                    policies ->
                            policies.path("policies").forEach(policy -> ((ObjectNode) policy).put("enabled", false))));

    private static final String SCOPE = "calendar:read";
    private static final String MAPPER = "MCP servers";

    @Test
    void eachChangeIsSeenByBothNodes(KeycloakCluster cluster) {
        try (McpRealm realm = McpRealm.create(
                cluster.first(),
                RealmTemplate.read(TestSettings.realmConfig(), true).resolved(Map.of()),
                "metadata-changes")) {
            CHANGES.forEach((change, make) -> seen(cluster, realm, change, make));
        }
    }

    /** Of a scope that clients do not get by themselves, and that the metadata depends on for its servers only. */
    @Test
    void theServersOfAScopeThatNoClientHasAreListedAsItsMapperSays(KeycloakCluster cluster) {
        try (McpRealm realm = McpRealm.create(
                cluster.first(),
                RealmTemplate.read(TestSettings.realmConfig(), true).resolved(Map.of()),
                "metadata-of-a-scope")) {
            seen(
                    cluster,
                    realm,
                    "a scope with a mapper is added",
                    one -> AdminApi.succeeded(
                            "POST",
                            "/client-scopes",
                            one.post("/client-scopes", scope("https://first.example.com/mcp"))));
            seen(cluster, realm, "another server", mapper("mcp-servers", "https://other.example.com/mcp"));
            seen(cluster, realm, "no server", mapper("advertise-servers", "false"));
            seen(cluster, realm, "servers again", mapper("advertise-servers", "true"));
            String path = realm.scopes().path(SCOPE);
            JsonNode stored = realm.read(path + "/protocol-mappers/models").path(0);
            seen(
                    cluster,
                    realm,
                    "the mapper is removed",
                    one -> AdminApi.succeeded(
                            "DELETE",
                            path,
                            one.delete(path + "/protocol-mappers/models/"
                                    + stored.path("id").asText())));
            seen(
                    cluster,
                    realm,
                    "the mapper is added again",
                    one -> AdminApi.succeeded(
                            "POST",
                            path,
                            one.post(path + "/protocol-mappers/models", ((ObjectNode) stored).without("id"))));
            seen(cluster, realm, "the scope is removed", one -> AdminApi.succeeded("DELETE", path, one.delete(path)));
        }
    }

    private static JsonNode scope(String server) {
        return Json.tree(Map.of(
                "name",
                SCOPE,
                "protocol",
                "openid-connect",
                "protocolMappers",
                List.of(Map.of(
                        "name",
                        MAPPER,
                        "protocol",
                        "openid-connect",
                        "protocolMapper",
                        "mcp-resource-audience",
                        "config",
                        Map.of("mcp-servers", server, "advertise-servers", "true")))));
    }

    private static Consumer<McpRealm> mapper(String setting, String value) {
        return realm -> realm.scopes()
                .editMapper(
                        SCOPE,
                        "mcp-resource-audience",
                        mapper -> mapper.withObject("/config").put(setting, value));
    }

    private static void seen(KeycloakCluster cluster, McpRealm realm, String change, Consumer<McpRealm> make) {
        List<KeycloakServer> nodes = List.of(cluster.first(), cluster.second());
        for (String document : DOCUMENTS) {
            nodes.forEach(node -> kept(realm.at(node), document));
        }
        List<String> before =
                DOCUMENTS.stream().map(document -> kept(realm, document)).toList();
        make.accept(realm);
        for (String document : DOCUMENTS) {
            String now = kept(realm, document);
            assertThat(before).as(change).doesNotContain(now);
            McpRealm elsewhere = realm.at(cluster.second());
            // Keycloak tells other nodes of a change without waiting for them.
            Awaited.untilAsserted(() -> assertThat(kept(elsewhere, document))
                    .as(change + ", on the other node")
                    .isEqualTo(now));
            assertThat(fresh(realm, document)).as(change).isEqualTo(now);
        }
    }

    private static String kept(McpRealm realm, String document) {
        return read(realm, document).toString().replace(realm.server().url().toString(), "");
    }

    /** Computed from scratch, because nothing is kept any more. */
    private static String fresh(McpRealm realm, String document) {
        AdminApi.succeeded("POST", "/clear-realm-cache", realm.post("/clear-realm-cache", "{}"));
        return kept(realm, document);
    }

    private static JsonNode read(McpRealm realm, String document) {
        HttpReply reply = Http.plain().get(URI.create(realm.issuer() + "/.well-known/" + document));
        reply.expect(200);
        return Json.parseObject(reply.body());
    }
}
