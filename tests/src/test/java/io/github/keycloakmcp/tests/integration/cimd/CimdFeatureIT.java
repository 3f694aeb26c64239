package io.github.keycloakmcp.tests.integration.cimd;

import java.util.Map;
import java.util.function.BiConsumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Page;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.integration.admin.Diagnosis;
import io.github.keycloakmcp.tests.server.DocumentHost;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakServer;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.RealmTemplate;
import io.github.keycloakmcp.tests.server.SharedServers;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

import static io.github.keycloakmcp.tests.server.McpRealm.SERVER_A;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keycloak's own experimental feature, switched on, changes nothing for realms that do not use it; where a realm does, our
 * executor leaves the metadata documents of its policy to it.
 */
@DisabledIfSystemProperty(named = "keycloak.url", matches = ".+", disabledReason = "starts a server of its own")
@DisabledIfSystemProperty(named = "server", matches = "container", disabledReason = "needs the server's own loopback")
@ExtendWith(SharedServers.class)
@ResourceLock(SharedServers.OTHER_OPTIONS)
class CimdFeatureIT {

    private static final String REDIRECT = "http://localhost:4711/callback";

    private static final String MEMBERS =
            "\"client_name\": \"App\", \"redirect_uris\": [\"http://localhost/callback\"]";
    private static final String CHECKED = "mcp.document.checked";
    private static final String UPSTREAM = "cimd.cache.expiry.time.in.sec";

    @Test
    void oursAndKeycloaksOwnDoNotFight(KeycloakServer server) {
        inARealm(server, (ours, host) -> {
            String url = host.publish("/ours.json", MEMBERS);
            McpClient client = McpClient.of(ours).identifiedBy(url, null, REDIRECT);
            Tokens tokens =
                    client.obtain(Browser.of("alice"), client.authorization().resource(SERVER_A));
            TokenAssertion.assertThat(tokens).isFor(SERVER_A);
            assertThat(attribute(ours, url, CHECKED)).isNotEmpty();
            Diagnosis.of(ours, "").names("upstream-cimd-on").namesNone("upstream-cimd-decides");
            useKeycloaksOwn(ours, "localhost");
            Diagnosis.of(ours, "").names("upstream-cimd-decides", "client-id-metadata-document");
            String another = host.publish("/keycloaks.json", MEMBERS.replace("localhost/", "localhost:4711/"));
            assertLogin(ours, another);
            assertThat(attribute(ours, another, UPSTREAM)).isNotEmpty();
            assertThat(attribute(ours, another, CHECKED)).isEmpty();
        });
    }

    @Test
    void whereThePolicyOfKeycloaksExecutorDoesNotApplyOursDecides(KeycloakServer server) {
        inARealm(server, (ours, host) -> {
            useKeycloaksOwn(ours, "elsewhere.example");
            String url = host.publish("/not-of-the-policy.json", MEMBERS);
            assertLogin(ours, url);
            assertThat(attribute(ours, url, CHECKED)).isNotEmpty();
        });
    }

    @Test
    void keycloaksExecutorTakesOverTheClientsOfOurs(KeycloakServer server) {
        inARealm(server, (ours, host) -> {
            String url = host.publish("/taken-over.json", MEMBERS.replace("localhost/", "localhost:4711/"));
            assertLogin(ours, url);
            useKeycloaksOwn(ours, "localhost");
            assertLogin(ours, url);
            String before = attribute(ours, url, CHECKED);
            // As it is stored where the feature was off at that time.
            ours.clients().edit(url, client -> ((ObjectNode) client.path("attributes")).put(UPSTREAM, ""));
            assertThat(attribute(ours, url, UPSTREAM)).isEmpty();
            assertLogin(ours, url);
            assertThat(Long.parseLong(attribute(ours, url, UPSTREAM))).isPositive();
            assertThat(attribute(ours, url, CHECKED)).isEqualTo(before);
        });
    }

    private static void inARealm(KeycloakServer server, BiConsumer<McpRealm, DocumentHost> test) {
        JsonNode realm = RealmTemplate.read(TestSettings.realmConfig(), true)
                .resolved(Map.of("MCP_ALLOW_LOOPBACK_DOCUMENTS", "true"));
        try (DocumentHost host = DocumentHost.start();
                McpRealm ours = McpRealm.create(server, (ObjectNode) realm, "ours")) {
            test.accept(ours, host);
        }
    }

    private static void assertLogin(McpRealm realm, String clientId) {
        Page page = Browser.of("alice")
                .open(McpClient.of(realm)
                        .identifiedBy(clientId, null, REDIRECT)
                        .authorization()
                        .scope("openid mcp:tools") // Keycloak 26.6 gives it as an optional scope only
                        .resource(SERVER_A)
                        .uri());
        assertThat(page.isLogin()).as(page.text()).isTrue();
    }

    private static String attribute(McpRealm realm, String client, String name) {
        return realm.clients().get(client).path("attributes").path(name).asText();
    }

    private static void useKeycloaksOwn(McpRealm realm, String host) {
        realm.edit(
                "/client-policies/profiles", profiles -> ((ArrayNode) profiles.path("profiles")).add(Json.parse("""
                {"name": "keycloaks", "executors": [{"executor": "client-id-metadata-document", "configuration":
                {"cimd-allow-http-scheme": false, "cimd-allow-permitted-domains": ["localhost"],
                 "cimd-restrict-same-domain": false, "cimd-required-properties": ["client_name"]}}]}""")));
        realm.edit(
                "/client-policies/policies",
                policies -> ((ArrayNode) policies.path("policies")).add(Json.parse("""
                {"name": "keycloaks", "enabled": true, "profiles": ["keycloaks"],
                 "conditions": [{"condition": "client-id-uri", "configuration":
                {"client-id-uri-scheme": ["https"], "client-id-uri-allow-permitted-domains": ["%s"]}}]}""".formatted(host))));
    }
}
