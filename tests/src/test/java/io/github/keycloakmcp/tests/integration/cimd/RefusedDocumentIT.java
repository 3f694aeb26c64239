package io.github.keycloakmcp.tests.integration.cimd;

import java.util.List;
import java.util.stream.Stream;

import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.HttpReply;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Page;
import io.github.keycloakmcp.tests.server.DocumentHost;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static io.github.keycloakmcp.tests.server.McpRealm.SERVER_A;
import static org.assertj.core.api.Assertions.assertThat;

/** A document that is not accepted: a page for the user, an event for the administrator, and no client. */
@KeycloakTest(variables = "MCP_ALLOW_LOOPBACK_DOCUMENTS=true")
@DisabledIfSystemProperty(
        named = "keycloak.url",
        matches = ".+",
        disabledReason = "needs a host that the server trusts")
@DisabledIfSystemProperty(named = "server", matches = "container", disabledReason = "needs the server's own loopback")
class RefusedDocumentIT {

    private static final String REDIRECT = "http://localhost:4711/callback";
    private static final String GOOD = "\"client_name\": \"App\", \"redirect_uris\": [\"http://localhost/callback\"]";

    private static final DocumentHost HOST = DocumentHost.start();

    private final McpRealm realm;

    RefusedDocumentIT(McpRealm realm) {
        this.realm = realm;
    }

    @AfterAll
    static void close() {
        HOST.close();
    }

    @BeforeEach
    void clearEvents() {
        realm.clearEvents();
    }

    /** Whatever stands behind a URL, or does not, whoever names it is told the same. */
    @ParameterizedTest
    @CsvSource({
        "404, application/json, '{}', status 404",
        "302, application/json, '{}', status 302",
        "200, text/html, '{}', Content-Type",
        "200, application/json, 'no JSON', client_id",
        "200, application/json, '{}', client_id",
        "200, application/json, '{\"client_id\": \"https://app.example.com/client\"}', client_id"
    })
    void tellsNobodyWhatStandsBehindAUrl(int status, String type, String body, String reason) {
        String url = HOST.serve("/unreadable" + status + body.hashCode() + type.hashCode(), status, type, body);
        Page page = open(url);
        assertRefused(page, url, "invalid_client", reason);
        assertThat(page.text()).contains("its metadata at localhost").doesNotContain(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "https://localhost:1/client",
        "https://127.0.0.1:1/client",
    })
    void tellsTheSameOfAHostThatIsNotThere(String url) {
        Page page = open(url);
        assertRefused(page, url, "invalid_client", "");
        assertThat(page.text()).contains("its metadata at");
    }

    static Stream<List<String>> bad() {
        return Stream.of(
                List.of("\"redirect_uris\": [\"https://evil.example/cb\"]", "invalid_redirect_uri", "evil.example"),
                List.of("\"redirect_uris\": [\"http://evil.example/cb\"]", "invalid_redirect_uri", "loopback"),
                List.of("\"redirect_uris\": [\"http://localhost/*\"]", "invalid_redirect_uri", "wildcard"),
                List.of("\"client_name\": \"App\"", "invalid_redirect_uri", "redirect_uris"),
                List.of(
                        GOOD + ", \"token_endpoint_auth_method\": \"client_secret_basic\"",
                        "invalid_client_metadata",
                        "private_key_jwt"),
                List.of(GOOD + ", \"client_secret\": \"x\"", "invalid_client_metadata", "secret"),
                List.of(GOOD + ", \"grant_types\": [\"client_credentials\"]", "invalid_client_metadata", "grant"),
                List.of(GOOD + ", \"client_uri\": \"javascript:alert(1)\"", "invalid_client_metadata", "client_uri"),
                List.of(
                        "\"client_name\": \"a\\u202eb\", \"redirect_uris\": [\"http://localhost/callback\"]",
                        "invalid_client_metadata",
                        "client_name"),
                List.of(
                        GOOD + ", \"token_endpoint_auth_method\": \"private_key_jwt\", \"jwks\": {\"keys\": [{}]}",
                        "invalid_client_metadata",
                        "jwks"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void holdsADocumentToTheRulesOfRegistration(List<String> bad) {
        String url = HOST.publish("/bad" + bad.hashCode(), bad.get(0));
        Page page = open(url);
        assertRefused(page, url, bad.get(1), bad.get(2));
        assertThat(page.text()).contains(bad.get(2));
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example.com, path",
        "https://10.0.0.1/client, domain name",
        "https://app.example.com/a/../client, plain",
        "https://user@app.example.com/client, plain",
        "http://app.example.com/client, plain"
    })
    void asksNobodyForAMalformedUrl(String url, String reason) {
        assertRefused(open(url), url, "invalid_client", reason);
    }

    @Test
    void leavesAnAdministratorsClientAlone() {
        String url = HOST.publish("/taken.json", GOOD);
        realm.clients().create("""
                {"clientId": "%s", "publicClient": true, "redirectUris": ["http://localhost/callback"],
                 "defaultClientScopes": ["basic", "mcp:tools"],
                 "attributes": {"pkce.code.challenge.method": "S256"}}""".formatted(url));
        assertThat(open(url).isLogin()).isTrue();
        assertThat(HOST.requests("/taken.json")).isEmpty();
    }

    @Test
    void letsNoDisabledClientBack() {
        String url = HOST.publish("/disabled.json", GOOD);
        assertThat(open(url).isLogin()).isTrue();
        realm.clients().edit(url, client -> client.put("enabled", false));
        assertThat(open(url).status()).isEqualTo(400);
    }

    /** Only the authorization endpoint looks a document up. */
    @Test
    void knowsNoNewClientAtOtherEndpoints() {
        String url = HOST.publish("/pushed.json", GOOD);
        McpClient client = McpClient.of(realm).identifiedBy(url, null, REDIRECT);
        HttpReply pushed = client.push(client.authorization().resource(SERVER_A));
        assertThat(pushed.statusCode()).isIn(400, 401);
        assertThat(pushed.body()).contains("Authentication failed");
        assertThat(HOST.requests("/pushed.json")).isEmpty();
        assertThat(open(url).isLogin()).isTrue();
        assertThat(client.push(client.authorization().resource(SERVER_A)).statusCode())
                .isEqualTo(201);
    }

    private Page open(String url) {
        McpClient client = McpClient.of(realm).identifiedBy(url, null, REDIRECT);
        return Browser.of("alice")
                .open(client.authorization().resource(SERVER_A).uri());
    }

    private void assertRefused(Page page, String url, String error, String reason) {
        assertThat(page.status()).as(page.text()).isEqualTo(400);
        assertThat(page.left()).isEmpty();
        assertThat(realm.clients().contains(url)).isFalse();
        assertThat(realm.events("CLIENT_REGISTER_ERROR")).isEmpty();
        assertThat(realm.events("LOGIN_ERROR")).singleElement().satisfies(event -> {
            assertThat(event.error()).contains(error);
            assertThat(event.clientId()).contains(url);
            assertThat(event.details().get("client_policy_error_detail")
                            + event.details().get("mcp_reason"))
                    .contains(reason);
        });
    }
}
