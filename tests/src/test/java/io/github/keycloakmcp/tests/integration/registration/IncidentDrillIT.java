package io.github.keycloakmcp.tests.integration.registration;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Page;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.restassured.response.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an administrator does in an incident, in the natural order: the rules are tightened first, then every client that
 * the old rules had let in is disabled, edited and deleted.
 */
@KeycloakTest
class IncidentDrillIT {

    private static final String CODES = Arrival.CODES;
    private static final String REGISTERED = Arrival.REGISTERED;

    @BeforeEach
    void theHostIsTrusted(McpRealm realm) {
        realm.editRegistration(config -> {
            config.set("trusted-hosts", Json.tree(List.of(Arrival.HOST)));
            config.set("allow-loopback", Json.tree(List.of("true")));
        });
        documents(
                realm,
                config ->
                        config.put("own-host-redirects", true).set("document-hosts", Json.tree(List.of(Arrival.HOST))));
    }

    @AfterEach
    void theRealmIsAsBefore(McpRealm realm) {
        theHostIsTrusted(realm);
    }

    @ParameterizedTest
    @EnumSource
    void afterAHostLostItsTrustItsClientsCanStillBeDisabledEditedAndDeleted(Arrival way, McpRealm realm) {
        String id = way.comesInto(realm);
        tighten(realm);
        assertSaved(edited(realm, id, client -> client.put("enabled", false)));
        assertThat(realm.clients().get(id).path("enabled").asBoolean(true)).isFalse();
        assertSaved(edited(realm, id, client -> client.put("name", "Suspect").put("description", "under review")));
        assertSaved(realm.put(realm.clients().path(id), "{\"description\": \"reviewed\"}"));
        if (way != Arrival.OWN_HOST_DOCUMENT && way != Arrival.LISTED_DOCUMENT) {
            assertSaved(edited(realm, id, client -> client.set("redirectUris", Json.tree(List.of(CODES)))));
        }
        JsonNode before = realm.clients().get(id);
        Response worse = edited(
                realm, id, client -> client.set("redirectUris", Json.tree(List.of(CODES, "https://evil.example/*"))));
        assertThat(worse.statusCode()).as(worse.asString()).isEqualTo(400);
        assertThat(worse.jsonPath().getString("error")).isEqualTo("invalid_redirect_uri");
        assertThat(realm.clients().get(id)).isEqualTo(before);
        assertThat(realm.delete(realm.clients().path(id)).statusCode()).isEqualTo(204);
        assertThat(realm.clients().contains(id)).isFalse();
    }

    /** Each way with each order of the steps; nothing comes after a removal. */
    static Stream<Arguments> drills() {
        List<String> orders = List.of(
                "disable edit remove",
                "edit disable remove",
                "disable remove",
                "edit remove",
                "remove",
                "edit disable edit");
        return Arrays.stream(Arrival.values()).flatMap(way -> orders.stream().map(order -> Arguments.of(way, order)));
    }

    @ParameterizedTest
    @MethodSource("drills")
    void theOrderOfTheStepsDoesNotMatter(Arrival way, String order, McpRealm realm) {
        String id = way.comesInto(realm);
        tighten(realm);
        for (String step : order.split(" ", -1)) {
            switch (step) {
                case "disable" -> assertSaved(edited(realm, id, client -> client.put("enabled", false)));
                case "edit" -> assertSaved(edited(realm, id, client -> client.put("description", "under review")));
                default -> assertSaved(realm.delete(realm.clients().path(id)));
            }
        }
        assertThat(realm.clients().contains(id)).isNotEqualTo(order.contains("remove"));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ADMINISTRATOR")
    void afterAHostLostItsTrustItsClientsCanBeTakenOverWhole(Arrival way, McpRealm realm) {
        String id = way.comesInto(realm);
        tighten(realm);
        assertSaved(edited(realm, id, client -> ((ObjectNode) client.path("attributes")).put(REGISTERED, "")));
        JsonNode attributes = realm.clients().get(id).path("attributes");
        for (String mark : List.of(REGISTERED, "mcp.known-client", "mcp.document.checked", "mcp.document.trust")) {
            assertThat(attributes.has(mark)).as(mark).isFalse();
        }
        assertSaved(edited(
                realm,
                id,
                client -> client.put("consentRequired", false)
                        .set("redirectUris", Json.tree(List.of("https://intranet.example/cb")))));
    }

    /** Codes may still go to the own host of a document that a listed host publishes, whoever saves the client. */
    @Test
    void anAdministratorCanAddARedirectUriOnADocumentsOwnHost(McpRealm realm) {
        String id = Arrival.LISTED_DOCUMENT.comesInto(realm);
        realm.editRegistration(config -> config.set("trusted-hosts", Json.tree(List.of(""))));
        assertSaved(edited(realm, id, client -> client.set("redirectUris", Json.tree(List.of(CODES, CODES + "2")))));
        Response elsewhere = edited(
                realm, id, client -> client.set("redirectUris", Json.tree(List.of(CODES, "https://evil.example/cb"))));
        assertThat(elsewhere.statusCode()).as(elsewhere.asString()).isEqualTo(400);
    }

    @ParameterizedTest
    @EnumSource(names = {"REGISTRATION", "ADMINISTRATOR"})
    void noSaveLetsAClientLookVerifiedOrPublished(Arrival way, McpRealm realm) {
        String id = way.comesInto(realm);
        JsonNode before = realm.clients().get(id).path("attributes");
        assertSaved(edited(
                realm,
                id,
                client -> ((ObjectNode) client.path("attributes"))
                        .put("mcp.known-client", "claude")
                        .put("mcp.document.checked", "1700000000")
                        .put("mcp.document.trust", "known")));
        JsonNode after = realm.clients().get(id).path("attributes");
        for (String mark : List.of("mcp.known-client", "mcp.document.checked", "mcp.document.trust", REGISTERED)) {
            assertThat(after.path(mark)).as(mark).isEqualTo(before.path(mark));
        }
    }

    @Test
    void aSelfRegisteredClientIsNotRenamedIntoADocument(McpRealm realm) {
        String id = Arrival.REGISTRATION.comesInto(realm);
        realm.clearEvents();
        Response answer = edited(
                realm, id, client -> client.put("clientId", "https://claude.ai/oauth/claude-code-client-metadata"));
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(400);
        assertThat(answer.jsonPath().getString("error_description")).contains("client_id", "take the client over");
        assertThat(realm.clients().contains(id)).isTrue();
        assertThat(realm.events("CLIENT_UPDATE_ERROR"))
                .singleElement()
                .satisfies(event -> assertThat(event.error()).contains("invalid_client_metadata"));
    }

    /** First the mark that it registered itself is given up, then it gets a vendor's name and mark. */
    @Test
    void aClientThatWasTakenOverIsShownAsTheAdministratorsAndNotAsVerified(McpRealm realm) {
        String id = Arrival.REGISTRATION.comesInto(realm);
        assertSaved(edited(realm, id, client -> ((ObjectNode) client.path("attributes")).put(REGISTERED, "")));
        assertSaved(edited(
                realm,
                id,
                client -> ((ObjectNode) client.put("name", "Claude").path("attributes"))
                        .put("mcp.known-client", "claude")
                        .put("mcp.document.trust", "known")));
        McpClient forged = McpClient.of(realm).identifiedBy(id, null, CODES);
        Page page = Browser.of("alice")
                .reach(forged.authorization().resource(McpRealm.SERVER_A).scope("mcp:tools"));
        assertThat(page.isConsent()).as(page.text()).isTrue();
        assertThat(page.text()).contains("Claude", "Added by an administrator").doesNotContain("Verified");
    }

    private static void tighten(McpRealm realm) {
        realm.editRegistration(config -> {
            config.set("trusted-hosts", Json.tree(List.of("")));
            config.set("allow-loopback", Json.tree(List.of("false")));
            config.set("known-clients", Json.tree(List.of("")));
        });
        documents(realm, config -> config.put("own-host-redirects", false).set("document-hosts", Json.tree(List.of())));
    }

    private static void documents(McpRealm realm, Consumer<ObjectNode> change) {
        realm.edit("/client-policies/profiles", profiles -> {
            for (JsonNode executor : profiles.at("/profiles/0/executors")) {
                if (executor.path("executor").asText().equals("mcp-client-id-metadata-document")) {
                    change.accept(((ObjectNode) executor).withObject("/configuration"));
                }
            }
        });
    }

    private static Response edited(McpRealm realm, String id, Consumer<ObjectNode> change) {
        String path = realm.clients().path(id);
        ObjectNode client = Json.parseObject(realm.read(path).toString());
        change.accept(client);
        return realm.put(path, client);
    }

    private static void assertSaved(Response answer) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(204);
    }
}
