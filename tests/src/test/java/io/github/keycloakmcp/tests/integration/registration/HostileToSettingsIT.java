package io.github.keycloakmcp.tests.integration.registration;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Page;
import io.github.keycloakmcp.tests.client.Registration;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.server.KeycloakServer;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Realms where every setting that lets something in is switched on: what the settings name gets in, and nothing of the
 * hostile requests does. The whole of these requests in realms without the settings: {@code ShellsIT},
 * {@code RefusedRegistrationIT}.
 */
@KeycloakTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileToSettingsIT {

    private static final String ROWS = "io.github.keycloakmcp.tests.integration.registration.HostileToSettings#";

    private Shells shells;

    @BeforeAll
    void createRealms(KeycloakServer server) {
        shells = Shells.create(server, HostileToSettings.everythingOn());
    }

    @AfterAll
    void removeRealms() {
        shells.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://automation:5678/cb",
                "https://flows.corp.example/console/api/mcp/oauth/callback",
                "https://web.corp.example:8443/oauth/clients/mcp:weather/callback",
                "https://helper.example.com/cb/a1"
            })
    void whatASettingNamesRegisters(String redirectUri) {
        for (McpRealm realm : shells.all()) {
            McpClient.of(realm).registered(ClientMetadata.unique("Named").redirects(redirectUri));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "n8n, https://automation.corp.example/rest/oauth2-credential/callback",
        "Dify, https://flows.corp.example/console/api/mcp/oauth/callback",
        "LibreChat, https://chat.corp.example/api/mcp/weather/oauth/callback",
        "Open WebUI, https://web.corp.example:8443/oauth/clients/mcp:weather/callback"
    })
    void aProductRegistersUnderItsOwnNameWhereItIsInstalled(String name, String redirectUri) {
        for (McpRealm realm : shells.all()) {
            McpClient.of(realm).registered(ClientMetadata.named(name).redirects(redirectUri));
            ErrorAssertion.assertRefused(
                            McpClient.of(realm)
                                    .register(ClientMetadata.named("Claude").redirects(redirectUri)),
                            400)
                    .hasError("invalid_client_metadata")
                    .saying("known client");
        }
    }

    @Test
    void everyTrickIsRefusedByEveryShellAndStoresNothing() {
        Map<String, Hostile> tricks = new LinkedHashMap<>();
        Stream.of(
                        HostileRedirects.rows(),
                        HostileAuthorities.rows(),
                        HostileSpellings.rows(),
                        HostileMembers.rows(),
                        HostileBodies.rows())
                .flatMap(rows -> rows)
                .forEach(row -> tricks.putIfAbsent(row.trick(), row));
        HostileToSettings.rows().forEach(row -> tricks.put(row.name(), row));
        assertThat(tricks).hasSizeGreaterThan(200);
        SoftAssertions softly = new SoftAssertions();
        for (McpRealm realm : shells.all()) {
            Set<String> before = Set.copyOf(realm.clients().ids());
            for (Hostile row : tricks.values()) {
                Registration answer = McpClient.of(realm).register(row.body());
                String where = row + " in " + realm.name();
                softly.assertThat(answer.status()).as(where).isEqualTo(row.status());
                softly.assertThat(answer.error()).as(where).contains(row.error());
            }
            softly.assertThat(realm.clients().ids())
                    .as("clients of " + realm.name())
                    .containsExactlyInAnyOrderElementsOf(before);
        }
        softly.assertAll();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                HostileToSettings.SERVER,
                "http://mcp-server:8000/mcp",
                "https://gw.example.com/tenant-a/mcp",
                "https://old.example.com/mcp",
                HostileToSettings.SERVER + "?utm_source=plugin"
            })
    void aTokenIsForTheServerThatWasNamed(String resource) {
        McpClient client = McpClient.of(shells.both()).registered(ClientMetadata.unique("Named"));
        boolean declared = !resource.contains("example.com") || resource.contains("gw.");
        TokenAssertion.assertThat(client.obtain(
                        Browser.of("alice"), client.authorization().resource(resource)))
                .isFor(declared ? new String[] {resource} : new String[] {HostileToSettings.SERVER, "gateway"});
    }

    @Test
    void noHostileResourceGetsACodeOrAToken() {
        McpClient client = McpClient.of(shells.both()).registered(ClientMetadata.unique("Hostile"));
        String refresh = client.obtain(
                        Browser.of("alice"), client.authorization().resource(HostileToSettings.SERVER))
                .refresh();
        assertThat(HostileToSettings.resources()).allSatisfy(resource -> {
            ErrorAssertion.assertRefused(Browser.of("alice")
                            .open(client.authorization().resource(resource).uri())
                            .answer())
                    .hasError("invalid_target");
            ErrorAssertion.assertRefused(client.refresh(refresh, resource), 400).hasError("invalid_target");
        });
        assertThat(Browser.of("alice")
                        .open(client.authorization()
                                .resource("https://gw.example.com/\u0000/mcp")
                                .uri())
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @MethodSource(ROWS + "documents")
    @DisabledIfSystemProperty(named = "keycloak.url", matches = ".+", disabledReason = "needs a server without vendors")
    void noDocumentThatResemblesACopyOrAListedHostMakesAClient(String clientId) {
        for (McpRealm realm : shells.all()) {
            McpClient client = McpClient.of(realm).identifiedBy(clientId, null, "http://localhost:3118/callback");
            Page page = Browser.of("alice")
                    .open(client.authorization()
                            .resource(HostileToSettings.SERVER)
                            .uri());
            assertThat(page.status()).as(page.text()).isEqualTo(400);
            assertThat(page.left()).isEmpty();
            assertThat(realm.clients().contains(clientId)).isFalse();
        }
    }
}
