package io.github.keycloakmcp.tests.integration.lifecycle;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Awaited;
import io.github.keycloakmcp.tests.server.KeycloakServer;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.RealmTemplate;
import io.github.keycloakmcp.tests.server.SharedServers;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

import static org.assertj.core.api.Assertions.assertThat;

/** Clients that nobody uses go, and no others; on a server that cleans up every second. */
@DisabledIfSystemProperty(named = "keycloak.url", matches = ".+", disabledReason = "starts a server of its own")
@ExtendWith(SharedServers.class)
@ResourceLock(SharedServers.OTHER_OPTIONS)
class CleanUpIT {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final KeycloakServer server;
    private final McpRealm realm;
    private final ClientAge age;

    CleanUpIT(KeycloakServer server) {
        this.server = server;
        realm = McpRealm.create(
                server,
                RealmTemplate.read(TestSettings.realmConfig(), true).resolved(Map.of()),
                "clean-up-" + NUMBER.incrementAndGet());
        age = new ClientAge(realm);
    }

    @AfterEach
    void removeRealm() {
        realm.close();
    }

    @Test
    void exactlyTheStaleClientsGoOnceThatIsWanted() {
        realm.setRegistration("clean-up", "off");
        String unused = registered("Unused");
        age.registered(unused, Duration.ofDays(8));
        String forgotten = registered("Forgotten");
        age.used(forgotten, Duration.ofDays(91));
        String disabled = registered("Disabled");
        age.used(disabled, Duration.ofDays(91));
        realm.clients().edit(disabled, client -> client.put("enabled", false));
        String young = registered("Young");
        age.registered(young, Duration.ofDays(6));
        String seldom = registered("Seldom");
        age.used(seldom, Duration.ofDays(89));
        String takenOver = registered("Taken over");
        age.used(takenOver, Duration.ofDays(400));
        realm.clients().edit(takenOver, client -> ((ObjectNode) client.path("attributes")).put("mcp.registered", ""));
        List<String> before = realm.clients().ids();
        realm.clearEvents();

        realm.setRegistration("clean-up", "report");
        awaitLog("5 self-registered clients checked: 2 stale, 0 removed, 0 kept (active sessions), 1 kept (disabled)");
        assertThat(realm.clients().ids()).isEqualTo(before);
        assertThat(realm.events("CLIENT_DELETE")).isEmpty();

        realm.setRegistration("clean-up", "remove");
        Awaited.untilAsserted(() -> assertThat(realm.clients().ids()).doesNotContain(unused, forgotten));
        awaitLog("2 stale, 2 removed");
        assertThat(realm.clients().ids())
                .containsExactlyElementsOf(before.stream()
                        .filter(id -> !List.of(unused, forgotten).contains(id))
                        .toList());
        assertThat(realm.events("CLIENT_DELETE"))
                .extracting(event -> event.clientId().orElse(""))
                .containsExactlyInAnyOrder(unused, forgotten);
        assertThat(realm.events("CLIENT_DELETE"))
                .allSatisfy(event -> assertThat(event.details()).containsEntry("reason", "not used any more"));
    }

    @Test
    void sessionsKeepAClientAndConsentDoesNot() {
        McpClient consented = McpClient.of(realm).registered(ClientMetadata.unique("Consented"));
        obtain(consented, "mcp:tools");
        realm.logoutAll();
        McpClient offline = McpClient.of(realm).registered(ClientMetadata.unique("Offline"));
        Tokens offlineTokens = obtain(offline, "mcp:tools offline_access");
        endOnlineSessions(offline);
        McpClient online = McpClient.of(realm).registered(ClientMetadata.unique("Online"));
        Tokens onlineTokens = obtain(online, "mcp:tools");
        assertThat(consents()).contains(consented.clientId(), offline.clientId(), online.clientId());
        agedAll(online, offline, consented);

        awaitRemoved(consented);
        awaitLog("2 kept (active sessions), 0 kept (disabled)");
        assertThat(consents()).contains(offline.clientId(), online.clientId()).doesNotContain(consented.clientId());
        Tokens next = online.refresh(onlineTokens.refresh()).tokens();
        TokenAssertion.assertThat(next).isFor(McpRealm.SERVER_A);
        TokenAssertion.assertThat(offline.refresh(offlineTokens.refresh()).tokens())
                .isFor(McpRealm.SERVER_A);

        realm.setRegistration("remove-clients-with-sessions", "true");
        agedAll(online, offline);
        awaitRemoved(online);
        awaitRemoved(offline);
        assertThat(consents()).isEmpty();
        assertThat(realm.read("/client-session-stats").toString())
                .doesNotContain(online.clientId(), offline.clientId());
        ErrorAssertion.assertRefused(online.refresh(next.refresh()), 401).hasError("invalid_client");
    }

    @Test
    void aRemovedClientRegistersAnewAndWorks() {
        ClientMetadata metadata = ClientMetadata.unique("Comes back");
        McpClient client = McpClient.of(realm).registered(metadata);
        obtain(client, "mcp:tools");
        realm.logoutAll();
        agedAll(client);
        awaitRemoved(client);
        McpClient again = McpClient.of(realm).registered(metadata);
        assertThat(realm.clients().contains(again.clientId())).isTrue();
        TokenAssertion.assertThat(obtain(again, "mcp:tools")).isFor(McpRealm.SERVER_A);
    }

    @Test
    void lifetimesAreSettingsOfTheRealm() {
        realm.setRegistration("never-used-client-lifetime", "0");
        realm.setRegistration("unused-client-lifetime", "2");
        String unused = registered("For ever");
        age.registered(unused, Duration.ofDays(4000));
        String used = registered("Two days");
        age.used(used, Duration.ofDays(2));
        Awaited.untilAsserted(() -> assertThat(realm.clients().contains(used)).isFalse());
        assertThat(realm.clients().contains(unused)).isTrue();
    }

    private String registered(String name) {
        return McpClient.of(realm).register(ClientMetadata.unique(name)).clientId();
    }

    private static Tokens obtain(McpClient client, String scope) {
        return client.obtain(
                Browser.of("alice"),
                client.authorization().resource(McpRealm.SERVER_A).scope(scope));
    }

    /** Settings that the clean-up meets half way make it see some of them only. */
    private void agedAll(McpClient... clients) {
        realm.setRegistration("clean-up", "off");
        for (McpClient client : clients) {
            age.used(client.clientId(), Duration.ofDays(91));
        }
        realm.setRegistration("clean-up", "remove");
    }

    private void endOnlineSessions(McpClient client) {
        for (JsonNode session : realm.read(realm.clients().path(client.clientId()) + "/user-sessions")) {
            String path = "/sessions/" + session.path("id").asText();
            AdminApi.succeeded("DELETE", path, realm.delete(path));
        }
    }

    private List<String> consents() {
        return StreamSupport.stream(
                        realm.read("/users/" + realm.userId("alice") + "/consents")
                                .spliterator(),
                        false)
                .map(consent -> consent.path("clientId").asText())
                .toList();
    }

    private void awaitRemoved(McpClient client) {
        Awaited.untilAsserted(
                () -> assertThat(realm.clients().contains(client.clientId())).isFalse());
    }

    private void awaitLog(String text) {
        Awaited.untilAsserted(() -> assertThat(server.logLines())
                .anyMatch(line -> line.contains("KCMCP-0030: realm '" + realm.name() + "'") && line.contains(text)));
    }
}
