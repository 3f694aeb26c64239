package io.github.keycloakmcp.tests.integration.registration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Registration;
import io.github.keycloakmcp.tests.server.KeycloakServer;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The registration policy and the client policy executor: each is enough alone, and both together decide as one. Whoever
 * finds a request about which they differ has found a way around one of them.
 */
@KeycloakTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShellsIT {

    private Shells shells;

    @BeforeAll
    void createRealms(KeycloakServer server) {
        shells = Shells.create(server, Map.of());
    }

    @AfterAll
    void removeRealms() {
        shells.close();
    }

    @Test
    void everyShellRefusesTheWholeHostileCorpusAlikeAndStoresNothing() {
        List<Hostile> rows = Stream.of(
                        HostileRedirects.rows(),
                        HostileAuthorities.rows(),
                        HostileSpellings.rows(),
                        HostileMembers.rows(),
                        HostileBodies.rows())
                .flatMap(all -> all)
                .toList();
        assertThat(rows).hasSizeGreaterThan(300);
        rows = TestSettings.olderServer() ? oneOfEachTrick(rows) : rows;
        SoftAssertions softly = new SoftAssertions();
        for (McpRealm realm : shells.all()) {
            realm.clearEvents();
            Set<String> before = Set.copyOf(realm.clients().ids());
            for (Hostile row : rows) {
                Registration answer = McpClient.of(realm).register(row.body());
                String where = row + " in " + realm.name();
                softly.assertThat(answer.status()).as(where).isEqualTo(row.status());
                softly.assertThat(answer.error()).as(where).contains(row.error());
            }
            softly.assertThat(realm.clients().ids())
                    .as("clients of " + realm.name())
                    .containsExactlyInAnyOrderElementsOf(before);
            softly.assertThat(countOf(realm, "CLIENT_REGISTER_ERROR"))
                    .as("one event for each refusal in " + realm.name())
                    .isEqualTo(rows.size());
        }
        softly.assertAll();
    }

    @ParameterizedTest
    @MethodSource("io.github.keycloakmcp.tests.integration.registration.KnownClient#all")
    void everyShellMakesTheSameClientOfAKnownOne(KnownClient known) {
        JsonNode reference = null;
        for (McpRealm realm : shells.all()) {
            realm.clearEvents();
            Registration answer = McpClient.of(realm).register(known.metadata());
            answer.expect(201);
            assertThat(realm.events("CLIENT_REGISTER")).as(realm.name()).hasSize(1);
            ObjectNode made = ((ObjectNode) realm.clients().get(answer.clientId())).deepCopy();
            made.put("answered", String.join(" ", answer.scopes()));
            made.remove(List.of("id", "clientId", "secret"));
            ((ObjectNode) made.path("attributes")).remove(List.of("mcp.registered", "client.secret.creation.time"));
            reference = reference == null ? made : reference;
            assertThat(made).as(realm.name()).isEqualTo(reference);
            assertThat(made.path("attributes")
                            .path("pkce.code.challenge.method")
                            .asText())
                    .isEqualTo("S256");
            assertThat(made.path("consentRequired").asBoolean()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.keycloakmcp.tests.integration.registration.RawEndpoint#wider")
    void nobodyRegistersInKeycloaksOwnRepresentation(RawEndpoint.Wider wider) {
        String client = wider.body("raw");
        for (McpRealm realm : shells.all()) {
            RefusalCheck.ofRegistrations(realm)
                    .refused(
                            () -> Http.plain().json("POST", RawEndpoint.of(realm), client),
                            400,
                            "invalid_client_metadata")
                    .saying("registration_endpoint");
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.keycloakmcp.tests.integration.registration.RawEndpoint#wider")
    void noRegistrationAccessTokenOpensTheRawRepresentation(RawEndpoint.Wider wider) {
        for (McpRealm realm : shells.all()) {
            Registration mine = McpClient.of(realm).register(ClientMetadata.unique("Managed"));
            JsonNode before = realm.clients().get(mine.clientId());
            RefusalCheck.ofUpdates(realm)
                    .refused(
                            () -> Http.plain()
                                    .with("Authorization", "Bearer " + mine.managementToken())
                                    .json("PUT", RawEndpoint.of(realm, mine.clientId()), wider.body(mine.clientId())),
                            400,
                            "invalid_client_metadata")
                    .saying("registration_endpoint");
            assertThat(realm.clients().get(mine.clientId())).as(realm.name()).isEqualTo(before);
            McpClient.of(realm).readRegistration(mine).expect(200);
        }
    }

    @Test
    void everyShellAnswersABrowserOfAnAllowedOrigin() {
        String inspector = "http://localhost:6274";
        for (McpRealm realm : shells.all()) {
            McpClient browser = McpClient.of(realm).sending("Origin", inspector);
            Registration good = browser.register(ClientMetadata.named("Inspector"));
            good.expect(201);
            assertThat(good.header("Access-Control-Allow-Origin"))
                    .as(realm.name())
                    .contains(inspector);
            Registration refused =
                    browser.register(ClientMetadata.named("Inspector").redirects("https://evil.example/cb"));
            refused.expect(400);
            assertThat(refused.header("Access-Control-Allow-Origin"))
                    .as(realm.name())
                    .contains(inspector);
        }
    }

    @Test
    void everyShellTellsTheSameWhenAClientReadsOrChangesItsRegistration() {
        for (McpRealm realm : shells.all()) {
            Registration mine = McpClient.of(realm).register(ClientMetadata.unique("Managed"));
            Registration read = McpClient.of(realm).readRegistration(mine);
            assertThat(read.scopes()).as(realm.name()).containsExactlyInAnyOrderElementsOf(mine.scopes());
            ClientMetadata changed = ClientMetadata.named("Renamed")
                    .with("client_id", mine.clientId())
                    .scope("mcp:tools nonsense");
            Registration answer =
                    McpClient.of(realm).updateRegistration(read, changed.json().toString());
            answer.expect(200);
            assertThat(answer.scopes()).as(realm.name()).containsExactly("mcp:tools");
            JsonNode stored = realm.clients().get(mine.clientId());
            assertThat(stored.path("name").asText()).isEqualTo("Renamed");
            assertThat(stored.path("consentRequired").asBoolean()).isTrue();
            assertThat(realm.clients().defaultScopes(mine.clientId())).contains("mcp:tools", "basic", "profile");
        }
    }

    /** Only the registration policy lets an administrator bring a client into such a state. */
    @Test
    void anUpdateIsJudgedByWhatItLeadsTo() {
        McpRealm realm = shells.policy();
        Registration old = McpClient.of(realm).register(ClientMetadata.unique("Managed"));
        realm.clients()
                .edit(
                        old.clientId(),
                        client -> client.put("serviceAccountsEnabled", true).put("publicClient", false));
        JsonNode before = realm.clients().get(old.clientId());
        ClientMetadata harmless = ClientMetadata.unique("Managed")
                .with("client_id", old.clientId())
                .without("grant_types")
                .without("response_types");
        RefusalCheck.ofUpdates(realm)
                .refused(
                        () -> McpClient.of(realm)
                                .updateRegistration(old, harmless.json().toString()),
                        400,
                        "invalid_client_metadata")
                .saying("grant_types");
        assertThat(realm.clients().get(old.clientId())).isEqualTo(before);
    }

    /** The rules are the same on every server; what an older one has to show is that they are asked. */
    private static List<Hostile> oneOfEachTrick(List<Hostile> rows) {
        Map<String, Hostile> first = new LinkedHashMap<>();
        rows.forEach(row -> first.putIfAbsent(row.trick(), row));
        return List.copyOf(first.values());
    }

    private static int countOf(McpRealm realm, String type) {
        return realm.read("/events?max=2000&type=" + type).size();
    }
}
