package io.github.keycloakmcp.tests.integration.cimd;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Page;
import io.github.keycloakmcp.tests.server.DocumentHost;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

import static io.github.keycloakmcp.tests.server.McpRealm.SERVER_A;
import static org.assertj.core.api.Assertions.assertThat;

/** How long a document counts, and what happens when it changes or its host is down. */
@KeycloakTest(variables = "MCP_ALLOW_LOOPBACK_DOCUMENTS=true")
@DisabledIfSystemProperty(
        named = "keycloak.url",
        matches = ".+",
        disabledReason = "needs a host that the server trusts")
@DisabledIfSystemProperty(named = "server", matches = "container", disabledReason = "needs the server's own loopback")
class DocumentCacheIT {

    private static final String PATH = "/client.json";
    private static final String OLD = "\"client_name\": \"App\", \"logo_uri\": \"https://app.example/logo.png\", "
            + "\"redirect_uris\": [\"http://localhost/old\"]";
    private static final String NEW = "\"redirect_uris\": [\"http://localhost/new\"]";

    private final McpRealm realm;
    private final DocumentHost host = DocumentHost.start();

    DocumentCacheIT(McpRealm realm) {
        this.realm = realm;
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void isReadOnceAndThenAskedWhetherItHasChanged() {
        String url = host.publish(PATH, OLD);
        assertThat(open(url, "old").isLogin()).isTrue();
        assertThat(open(url, "old").isLogin()).isTrue();
        assertThat(host.requests(PATH)).containsExactly(PATH + " 200");
        expire(url, 0);
        assertThat(open(url, "old").isLogin()).isTrue();
        assertThat(open(url, "old").isLogin()).isTrue();
        assertThat(host.requests(PATH)).containsExactly(PATH + " 200", PATH + " 304");
    }

    /** The document has not changed, the settings of the realm have. */
    @Test
    void aDocumentThatHasNotChangedGetsTheScopesOfToday() {
        String url = host.publish(PATH, OLD);
        assertThat(open(url, "old").isLogin()).isTrue();
        assertThat(realm.clients().defaultScopes(url)).doesNotContain("address");
        force("mcp:tools", "address");
        expire(url, 0);
        assertThat(open(url, "old").isLogin()).isTrue();
        force("mcp:tools");
        assertThat(host.requests(PATH)).containsExactly(PATH + " 200", PATH + " 304");
        assertThat(realm.clients().defaultScopes(url)).contains("address", "mcp:tools");
        assertThat(realm.clients().get(url).path("redirectUris")).hasSize(1);
    }

    private void force(String... scopes) {
        realm.setRegistration("forced-scopes", scopes);
    }

    @Test
    void aChangeCountsFromTheNextLoginAfterItExpires() {
        String url = host.publish(PATH, OLD);
        assertThat(open(url, "old").isLogin()).isTrue();
        host.publish(PATH, NEW);
        assertThat(open(url, "old").isLogin()).isTrue();
        assertThat(open(url, "new").status()).isEqualTo(400);
        expire(url, 0);
        assertThat(open(url, "new").isLogin()).isTrue();
        assertThat(open(url, "old").status()).isEqualTo(400);
        assertThat(realm.clients().get(url).path("name").asText("")).isEmpty();
        assertThat(realm.clients().get(url).path("attributes").has("logoUri")).isFalse();
    }

    @Test
    void theLastGoodOneCountsForATimeWhileItsHostIsDown() {
        String url = host.publish(PATH, OLD);
        assertThat(open(url, "old").isLogin()).isTrue();
        host.serve(PATH, 503, "text/plain", "");
        expire(url, 3600);
        assertThat(open(url, "old").isLogin()).isTrue();
        host.close();
        assertThat(open(url, "old").isLogin()).isTrue();
        expire(url, 86_500);
        assertThat(open(url, "old").status()).isEqualTo(400);
    }

    @Test
    void aDocumentThatIsGoneOrSpoiltCountsNoLonger() {
        String url = host.publish(PATH, OLD);
        assertThat(open(url, "old").isLogin()).isTrue();
        host.serve(PATH, 404, "text/plain", "");
        expire(url, 0);
        assertThat(open(url, "old").status()).isEqualTo(400);
        host.serve(PATH, 200, "application/json", "{\"client_id\": \"https://other.example/client\"}");
        assertThat(open(url, "old").status()).isEqualTo(400);
        host.publish(PATH, OLD);
        assertThat(open(url, "old").isLogin()).isTrue();
    }

    /** The user has the consent page open while another login reads the new document. No code goes to the old address. */
    @Test
    void aRedirectUriThatIsDroppedBeforeConsentGetsNoCode() {
        String url = host.publish(PATH, OLD);
        McpClient client = McpClient.of(realm).identifiedBy(url, null, "http://localhost:4711/old");
        Browser alice = Browser.of("alice");
        Page consent = alice.reach(client.authorization().resource(SERVER_A));
        host.publish(PATH, NEW);
        expire(url, 0);
        assertThat(open(url, "new").isLogin()).isTrue();
        Page refused = alice.accept(consent);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("redirect_uri");
        assertThat(realm.events("LOGIN_ERROR"))
                .anySatisfy(event -> assertThat(event.details()).containsEntry("mcp_refusal", "redirect-withdrawn"));
    }

    private Page open(String url, String callback) {
        McpClient client = McpClient.of(realm).identifiedBy(url, null, "http://localhost:4711/" + callback);
        return Browser.of("alice")
                .open(client.authorization().resource(SERVER_A).uri());
    }

    /** Lets the stored document have expired some seconds ago. */
    private void expire(String url, int seconds) {
        long then = System.currentTimeMillis() / 1000 - seconds - 1;
        realm.clients()
                .edit(
                        url,
                        client -> ((ObjectNode) client.path("attributes"))
                                .put("mcp.document.expires", Long.toString(then)));
    }
}
