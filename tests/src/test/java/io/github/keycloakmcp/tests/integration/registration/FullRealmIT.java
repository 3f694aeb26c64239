package io.github.keycloakmcp.tests.integration.registration;

import java.time.Instant;

import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Registration;
import io.github.keycloakmcp.tests.server.Awaited;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A realm that holds all the self-registered clients that it may hold. */
@KeycloakTest
class FullRealmIT {

    private static final String NO_LIMIT = "0";

    private final McpRealm realm;
    private final McpClient client;

    FullRealmIT(McpRealm realm) {
        this.realm = realm;
        this.client = McpClient.of(realm);
    }

    @BeforeEach
    void empty() {
        realm.clearEvents();
        realm.clients().ids().stream()
                .filter(this::isDynamic)
                .forEach(id -> realm.clients().delete(id));
    }

    @AfterEach
    void open() {
        realm.setRegistration("max-clients", NO_LIMIT);
        realm.setRegistration("max-never-used-clients", NO_LIMIT);
    }

    @Test
    void theOldestClientThatWasNeverUsedMakesRoom() {
        String first = registered("First");
        waitForTheNextSecond();
        String second = registered("Second");
        realm.setRegistration("max-clients", "2");
        String third = registered("Third");
        assertThat(realm.clients().ids()).contains(second, third).doesNotContain(first);
        assertThat(realm.events("CLIENT_DELETE")).singleElement().satisfies(event -> {
            assertThat(event.clientId()).contains(first);
            assertThat(event.details().get("reason")).contains("never used", "max-clients");
        });
    }

    @Test
    void clientsThatWereNeverUsedHaveALimitOfTheirOwn() {
        String used = used("Used");
        String first = registered("First");
        waitForTheNextSecond();
        realm.setRegistration("max-never-used-clients", "1");
        String second = registered("Second");
        assertThat(realm.clients().ids()).contains(used, second).doesNotContain(first);
    }

    @Test
    void noClientIsRemovedThatAUserOrAnAdministratorHasTouched() {
        String used = used("Used");
        String edited = registered("Edited");
        realm.clients().edit(edited, representation -> representation.put("description", "wanted"));
        String disabled = registered("Disabled");
        realm.clients().edit(disabled, representation -> representation.put("enabled", false));
        String withRole = registered("With a role");
        realm.post(realm.clients().path(withRole) + "/roles", "{\"name\": \"reader\"}");
        realm.setRegistration("max-clients", "4");
        RefusalCheck.ofRegistrations(realm)
                .refused(() -> client.register(ClientMetadata.named("One more")), 403, "access_denied")
                .saying("has reached its limit");
        assertThat(realm.events("CLIENT_REGISTER_ERROR").get(0).details().get("reason"))
                .contains("max-clients");
        assertThat(realm.clients().ids()).contains(used, edited, disabled, withRole);
    }

    @Test
    void aClientThatExistsIsNeverRefusedBecauseTheRealmIsFull() {
        String existing = used("Existing");
        realm.setRegistration("max-clients", "1");
        assertThat(registered("Existing")).isEqualTo(existing);
    }

    @Test
    void clientsOfAdministratorsDoNotFillTheRealm() {
        assertThat(realm.clients().ids()).as("Keycloak's own").hasSizeGreaterThan(2);
        String used = used("Used");
        realm.setRegistration("max-clients", "2");
        String second = registered("Second");
        assertThat(realm.clients().ids()).contains(used, second);
    }

    private String registered(String name) {
        Registration registration = client.register(ClientMetadata.named(name));
        registration.expect(201);
        return registration.clientId();
    }

    private String used(String name) {
        String id = registered(name);
        McpClient used = client.identifiedBy(id, null, ClientMetadata.LOOPBACK);
        used.obtain(Browser.of("alice"), used.authorization().resource(McpRealm.SERVER_A));
        Awaited.untilAsserted(
                () -> assertThat(realm.clients().get(id).path("attributes").has("mcp.last-used"))
                        .isTrue());
        return id;
    }

    /** When a client registered is known to the second. */
    private static void waitForTheNextSecond() {
        long second = Instant.now().getEpochSecond();
        Awaited.untilAsserted(() -> assertThat(Instant.now().getEpochSecond()).isGreaterThan(second));
    }

    private boolean isDynamic(String id) {
        return realm.clients().get(id).path("attributes").has("mcp.registered");
    }
}
