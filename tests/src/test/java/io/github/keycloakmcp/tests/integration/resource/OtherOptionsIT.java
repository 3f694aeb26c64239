package io.github.keycloakmcp.tests.integration.resource;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.integration.admin.Diagnosis;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.KeycloakServer;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.RealmTemplate;
import io.github.keycloakmcp.tests.server.SharedServers;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server with options that change who is found or who decides: clients can be searched by {@code resource_url}, and
 * Keycloak's own experimental resource indicators and metadata documents are on. Tokens are bound as everywhere.
 */
@DisabledIfSystemProperty(named = "keycloak.url", matches = ".+", disabledReason = "starts a server of its own")
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ResourceLock(SharedServers.OTHER_OPTIONS)
class OtherOptionsIT {

    private static final String LISTED = McpRealm.SERVER_A;
    private static final String UNLISTED = "https://only.a.client.example/mcp";
    private static final String SECRET = "secret-of-the-server";

    private final McpRealm realm;
    private final McpClient client;

    OtherOptionsIT(KeycloakServer server) {
        realm = McpRealm.create(
                server, RealmTemplate.read(TestSettings.realmConfig(), true).resolved(Map.of()), "options");
        client = McpClient.of(realm).registered(ClientMetadata.named("Anybody"));
        makeServer("server-a", LISTED);
        makeServer("unlisted", UNLISTED);
    }

    @AfterAll
    void removeRealm() {
        realm.close();
    }

    /** The comparison that a newer server gets at each start; a false alarm would keep it down. */
    @Test
    @DisabledIfSystemProperty(named = "server", matches = "container", disabledReason = "reads the server's log")
    void theServerHasEveryMethodThatTheJarUses() {
        assertThat(realm.server().logLines())
                .anyMatch(line -> line.contains("KCMCP-0007"))
                .noneMatch(line -> line.contains("KCMCP-0008"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mcp:tools", "mcp:tools offline_access"})
    void theBindingIsKeptWhereKeycloaksOwnFeaturesAreOn(String scope) {
        Tokens tokens = obtain(McpRealm.SERVER_B, scope);
        TokenAssertion.assertThat(tokens).isFor(McpRealm.SERVER_B);
        Tokens next = client.refresh(tokens.refresh()).tokens();
        TokenAssertion.assertThat(next).isFor(McpRealm.SERVER_B);
        ErrorAssertion.assertRefused(client.refresh(next.refresh(), LISTED), 400)
                .hasError("invalid_target");
        McpClient machine =
                McpClient.of(realm).identifiedBy("demo-machine", "demo-machine-secret", ClientMetadata.LOOPBACK);
        TokenAssertion.assertThat(
                        machine.clientCredentials("", McpRealm.SERVER_B).tokens())
                .isFor(McpRealm.SERVER_B);
    }

    @Test
    void moreClientsInUseThanTheRealmCacheHoldsAreReported() {
        addClients("never-used", 300, "");
        Diagnosis.of(realm, "").namesNone("realm-cache-small");
        addClients("used", 251, ", \"mcp.last-used\": \"4000000000\"");
        Diagnosis.of(realm, "").names("realm-cache-small", "1000 entries", "cache-embedded-realms-max-count=1");
    }

    private void addClients(String name, int count, String attributes) {
        String clients = IntStream.range(0, count)
                .mapToObj("""
                        {"clientId": "%s-%%d", "publicClient": true, "redirectUris": ["http://127.0.0.1/callback"],
                         "attributes": {"mcp.registered": "4000000000"%s}}
                        """.formatted(name, attributes)::formatted)
                .collect(Collectors.joining(","));
        AdminApi.succeeded("POST", name, realm.post("/partialImport", "{\"clients\": [" + clients + "]}"));
    }

    @Test
    void theClientOfAListedServerIsFoundByItsAttribute() {
        Tokens tokens = obtain(LISTED, "mcp:tools");
        TokenAssertion.assertThat(tokens).isFor(LISTED, "server-a");
        McpClient itself = McpClient.of(realm).identifiedBy("server-a", SECRET, ClientMetadata.LOOPBACK);
        assertThat(itself.introspect(tokens.accessToken()).json().path("active").asBoolean())
                .isTrue();
    }

    @Test
    void aClientWithAResourceUrlIsAServerOnlyWhereTheMapperSaysSo() {
        AuthorizationRequest request = client.authorization().resource(UNLISTED);
        assertThat(Browser.of("alice").open(request.uri()).answer().error()).contains("invalid_target");
        Catalogue catalogue = new Catalogue(realm);
        catalogue.set("include-clients", "true");
        TokenAssertion.assertThat(obtain(UNLISTED + "/", "mcp:tools")).isFor(UNLISTED, "unlisted");
        Diagnosis.of(realm, "?resource=" + UNLISTED).names("resource-declared", UNLISTED);
        catalogue.set("include-clients", "false");
    }

    private Tokens obtain(String resource, String scope) {
        return client.obtain(
                Browser.of("alice"), client.authorization().resource(resource).scope(scope));
    }

    private void makeServer(String id, String resource) {
        realm.clients().create("""
                        {"clientId": "%s", "secret": "%s", "publicClient": false, "standardFlowEnabled": false,
                         "attributes": {"resource_url": "%s"}}
                        """.formatted(id, SECRET, resource));
    }
}
