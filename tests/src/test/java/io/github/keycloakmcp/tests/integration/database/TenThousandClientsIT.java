package io.github.keycloakmcp.tests.integration.database;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.cost.ManyClients;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.KeycloakOnDatabase;
import io.github.keycloakmcp.tests.server.KeycloakServer;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.RealmTemplate;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import static org.assertj.core.api.Assertions.assertThat;

/** A realm that has as many clients as it may have by default: lists, searches, limits and removal, on the database of the run. */
@KeycloakTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@EnabledIfSystemProperty(named = "database", matches = ".+")
class TenThousandClientsIT {

    private static final int CLIENTS = 10_000;
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final McpRealm realm;

    /** The realm has a short name, with which the internal ids begin. */
    TenThousandClientsIT(KeycloakServer server) {
        realm = McpRealm.create(
                server, RealmTemplate.read(TestSettings.realmConfig(), true).resolved(Map.of()), "many");
        ManyClients.add(((KeycloakOnDatabase) server).database(), realm, CLIENTS);
        realm.clients().delete("filler");
    }

    @Test
    void pagesGoThroughAllOfThemInTheirOrder() {
        List<String> ids = Stream.of(0, 5_000, 9_800)
                .flatMap(first -> ids("?kind=dynamic&max=100&first=" + first).stream())
                .toList();
        assertThat(ids).hasSize(300).doesNotHaveDuplicates().isSorted().endsWith(id(9_900));
    }

    @Test
    void oneIsFoundByAPartOfItsName() {
        assertThat(ids("?search=" + id(4_711).toUpperCase(Locale.ROOT))).containsExactly(id(4_711));
        assertThat(ids("?search=nowhere")).isEmpty();
        assertThat(ids("?kind=dynamic&vendor=loopback&max=20")).hasSize(20);
        assertThat(ids("?kind=pre-registered&search=" + realm.name())).isEmpty();
    }

    /** All of them were used, so that none makes room. */
    @Test
    void registrationIsClosedAtTheLimitAndOpenBelow() {
        ErrorAssertion.assertRefused(McpClient.of(realm).register(ClientMetadata.unique("One too many")), 403)
                .hasError("access_denied");
        assertThat(realm.read("/mcp/diagnosis").path("findings").findValuesAsText("id"))
                .contains("realm-is-full");
        realm.setRegistration("max-clients", Integer.toString(CLIENTS + 50));
        McpClient.of(realm).register(ClientMetadata.unique("Fits")).expect(201);
        realm.setRegistration("max-clients", Integer.toString(CLIENTS));
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void thoseOfOneHostAreRemovedWithOneCallAndNoOther(KeycloakServer server) {
        ((KeycloakOnDatabase) server).database().execute("""
                update REDIRECT_URIS set value = 'https://codes.example.com/cb'
                  where client_id between '%1$s' and '%2$s';
                """.formatted(id(101), id(200)));
        assertThat(ids("?vendor=codes.example.com&max=100")).hasSize(100).startsWith(id(101));
        assertThat(ids("?vendor=example.com&max=100")).isEmpty();
        AdminApi.succeeded("DELETE", "vendor", realm.delete("/mcp/clients?vendor=codes.example.com"));
        assertThat(ids("?vendor=codes.example.com&max=100")).isEmpty();
        assertThat(ids("?search=" + realm.name() + "-000&max=100&first=50"))
                .contains(id(100), id(201))
                .doesNotContain(id(101), id(200));
    }

    private List<JsonNode> clients(String query) {
        long begin = System.nanoTime();
        JsonNode answer = realm.read("/mcp/clients" + query);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LIMIT);
        return Stream.iterate(0, i -> i < answer.path("clients").size(), i -> i + 1)
                .map(answer.path("clients")::path)
                .toList();
    }

    private List<String> ids(String query) {
        return clients(query).stream()
                .map(client -> client.path("clientId").asText())
                .toList();
    }

    private String id(int number) {
        return ManyClients.id(realm, number);
    }
}
