package io.github.keycloakmcp.tests.integration.database;

import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Page;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.DocumentHost;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is written in a transaction of its own is seen by the request that goes on, also where a transaction reads the database
 * as of its begin (MariaDB), and the request has read from it before because nothing is in the cache.
 */
@KeycloakTest(variables = "MCP_ALLOW_LOOPBACK_DOCUMENTS=true")
@DisabledIfSystemProperty(
        named = "keycloak.url",
        matches = ".+",
        disabledReason = "needs a host that the server trusts")
@DisabledIfSystemProperty(named = "server", matches = "container", disabledReason = "needs the server's own loopback")
class SeenAtOnceIT {

    private final McpRealm realm;

    SeenAtOnceIT(McpRealm realm) {
        this.realm = realm;
    }

    @Test
    void aNewDocumentIsAClientInTheSameRequest() {
        try (DocumentHost host = DocumentHost.start()) {
            String url = host.publish("/new.json", "\"redirect_uris\": [\"" + ClientMetadata.LOOPBACK + "\"]");
            clearCache();
            assertThat(open(url).isLogin()).isTrue();
        }
    }

    @Test
    void aChangedDocumentCountsInTheSameRequest() {
        try (DocumentHost host = DocumentHost.start()) {
            String url = host.publish("/changed.json", "\"redirect_uris\": [\"http://localhost/before\"]");
            McpClient client = McpClient.of(realm).identifiedBy(url, null, "http://localhost:4711/before");
            assertThat(Browser.of("alice")
                            .open(client.authorization()
                                    .resource(McpRealm.SERVER_A)
                                    .uri())
                            .isLogin())
                    .isTrue();
            realm.clients().edit(url, stored -> stored.withObject("/attributes").put("mcp.document.expires", "1"));
            host.publish("/changed.json", "\"redirect_uris\": [\"" + ClientMetadata.LOOPBACK + "\"]");
            clearCache();
            assertThat(open(url).isLogin()).isTrue();
        }
    }

    @Test
    void aScopeIsGivenInTheRequestThatAsksForIt() {
        String server = "https://later.example.com/mcp";
        AdminApi.succeeded(
                "PUT",
                server,
                realm.put("/mcp/servers", "{\"uri\": \"" + server + "\", \"scopes\": [{\"name\": \"later:read\"}]}"));
        String id = McpClient.of(realm).register(ClientMetadata.unique("Later")).clientId();
        clearCache();
        McpClient client = McpClient.of(realm).identifiedBy(id, null, ClientMetadata.LOOPBACK);
        clearCache();
        assertThat(Browser.of("alice")
                        .open(client.authorization()
                                .resource(server)
                                .scope("later:read")
                                .uri())
                        .isLogin())
                .isTrue();
        assertThat(realm.clients().optionalScopes(id)).contains("later:read");
    }

    private Page open(String url) {
        McpClient client = McpClient.of(realm).identifiedBy(url, null, ClientMetadata.LOOPBACK);
        clearCache();
        return Browser.of("alice")
                .open(client.authorization().resource(McpRealm.SERVER_A).uri());
    }

    /** The request then reads realm and client from the database. */
    private void clearCache() {
        AdminApi.succeeded("POST", "/clear-realm-cache", realm.post("/clear-realm-cache", "{}"));
    }
}
