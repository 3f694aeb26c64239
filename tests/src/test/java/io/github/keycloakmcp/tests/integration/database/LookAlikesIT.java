package io.github.keycloakmcp.tests.integration.database;

import java.util.List;

import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Page;
import io.github.keycloakmcp.tests.client.Registration;
import io.github.keycloakmcp.tests.server.DocumentHost;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Names that differ in upper and lower case only. MariaDB takes them for one: there the second is refused, with the reason.
 * Nowhere does it change what the first one names.
 */
@KeycloakTest(variables = "MCP_ALLOW_LOOPBACK_DOCUMENTS=true")
@DisabledIfSystemProperty(
        named = "keycloak.url",
        matches = ".+",
        disabledReason = "needs a host that the server trusts")
@DisabledIfSystemProperty(named = "server", matches = "container", disabledReason = "needs the server's own loopback")
class LookAlikesIT {

    private final McpRealm realm;

    LookAlikesIT(McpRealm realm) {
        this.realm = realm;
    }

    /** Paths of one host may belong to two parties. */
    @Test
    void aDocumentNeverChangesTheClientOfAnother() {
        try (DocumentHost host = DocumentHost.start()) {
            String alice = host.publish("/alice/client.json", "\"redirect_uris\": [\"http://localhost/alice\"]");
            String mallory = host.publish("/Alice/client.json", "\"redirect_uris\": [\"http://localhost/mallory\"]");
            assertThat(open(alice, "alice").isLogin()).isTrue();
            assertTwoOrRefused(open(mallory, "mallory"), mallory);
            realm.clients()
                    .edit(alice, client -> client.withObject("/attributes").put("mcp.document.expires", "1"));
            assertTwoOrRefused(open(mallory, "mallory"), mallory);
            assertThat(realm.clients().get(alice).path("redirectUris").toString())
                    .contains("alice")
                    .doesNotContain("mallory");
            assertThat(open(alice, "alice").isLogin()).isTrue();
        }
    }

    private void assertTwoOrRefused(Page page, String url) {
        if (page.isLogin()) {
            assertThat(realm.clients().get(url).path("redirectUris").toString()).contains("mallory");
        } else {
            assertThat(page.status()).isEqualTo(400);
            assertThat(page.text()).contains("upper and lower case");
            assertThat(realm.events("LOGIN_ERROR").get(0).details())
                    .containsEntry("mcp_refusal", "document-address-refused");
        }
    }

    @Test
    void aServerNeverChangesTheClientOfAnother() {
        String lower = "https://tools.example.com/mcp";
        String upper = "https://tools.example.com/MCP";
        assertThat(declare(lower, "Lower", "tools:read").statusCode()).isEqualTo(200);
        Response second = declare(upper, "Upper", "tools:write");
        if (second.statusCode() == 200) {
            assertThat(realm.clients().get(upper).path("name").asText()).isEqualTo("Upper");
        } else {
            assertThat(second.statusCode()).as(second.asString()).isEqualTo(400);
            assertThat(second.asString()).contains("\"field\":\"uri\"", lower);
            assertThat(realm.scopes().names()).doesNotContain("tools:write");
        }
        assertThat(realm.clients().get(lower).path("name").asText()).isEqualTo("Lower");
    }

    @Test
    void aScopeNeverOpensTheServersOfAnother() {
        String uri = "https://files.example.com/mcp";
        assertThat(declare(uri, "Files", "files:read").statusCode()).isEqualTo(200);
        Response second = declare("https://other.example.com/mcp", "Other", "Files:Read");
        if (second.statusCode() == 200) {
            assertThat(realm.scopes().names()).contains("files:read", "Files:Read");
        } else {
            assertThat(second.statusCode()).as(second.asString()).isEqualTo(400);
            assertThat(second.asString()).contains("\"field\":\"scopes\"", "files:read");
            assertThat(realm.clients().contains("https://other.example.com/mcp"))
                    .isFalse();
        }
        assertThat(realm.read("/mcp/servers/object?uri=" + uri).path("scopes").findValuesAsText("name"))
                .containsExactly("files:read");
    }

    /** A scope that is registered in another spelling is another scope. */
    @Test
    void aClientGetsNoScopeByALookAlike() {
        Registration registered =
                McpClient.of(realm).register(ClientMetadata.unique("Look-alike").scope("MCP:Tools Address"));
        registered.expect(201);
        assertThat(registered.scopes()).doesNotContain("MCP:Tools", "Address");
    }

    @Test
    void redirectUrisOfADocumentThatDifferInCaseAreBothKeptOrRefused() {
        try (DocumentHost host = DocumentHost.start()) {
            String url = host.publish(
                    "/case/client.json",
                    "\"redirect_uris\": [\"http://localhost/Callback\", \"http://localhost/callback\"]");
            Page page = open(url, "callback");
            if (page.isLogin()) {
                assertThat(realm.clients().get(url).path("redirectUris").toString())
                        .contains("/Callback", "/callback");
            } else {
                assertThat(page.status()).isEqualTo(400);
                assertThat(page.text()).contains("two differ in upper and lower case only");
            }
        }
    }

    @Test
    void redirectUrisThatDifferInCaseAreBothKeptOrRefused() {
        List<String> both = List.of("http://127.0.0.1:4711/Callback", "http://127.0.0.1:4711/callback");
        Registration registered =
                McpClient.of(realm).register(ClientMetadata.unique("Two").redirects(both.toArray(String[]::new)));
        if (registered.status() == 201) {
            assertThat(registered.redirectUris()).containsAll(both);
            assertThat(realm.clients()
                            .get(registered.clientId())
                            .path("redirectUris")
                            .toString())
                    .contains("/Callback", "/callback");
        } else {
            assertThat(registered.status()).isEqualTo(400);
            assertThat(registered.error()).contains("invalid_redirect_uri");
            assertThat(registered.errorDescription().orElse("")).contains("upper and lower case");
        }
    }

    private Response declare(String uri, String name, String scope) {
        return realm.put(
                "/mcp/servers",
                "{\"uri\": \"%s\", \"name\": \"%s\", \"scopes\": [{\"name\": \"%s\"}]}".formatted(uri, name, scope));
    }

    private Page open(String url, String path) {
        McpClient client = McpClient.of(realm).identifiedBy(url, null, "http://localhost:4711/" + path);
        return Browser.of("alice")
                .open(client.authorization().resource(McpRealm.SERVER_A).uri());
    }
}
