package io.github.keycloakmcp.tests.integration.admin;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.restassured.response.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.keycloakmcp.tests.server.McpRealm.SERVER_A;
import static io.github.keycloakmcp.tests.server.McpRealm.SERVER_B;
import static org.assertj.core.api.Assertions.assertThat;

/** An administrator sees who has allowed what, and takes it back: the next refresh fails and the next login asks. */
@KeycloakTest
class ApprovalsIT {

    private static final String APPROVALS = "/mcp/approvals";

    private final McpRealm realm;
    private final McpClient client;
    private final McpClient other;
    private final Browser alice = Browser.of("alice");
    private final Browser bob = Browser.of("bob");

    ApprovalsIT(McpRealm realm) {
        this.realm = realm;
        this.client = McpClient.of(realm).registered(ClientMetadata.unique("Approved"));
        this.other = McpClient.of(realm).registered(ClientMetadata.unique("Other"));
    }

    @BeforeEach
    void nothingIsApproved() {
        List.of("alice", "bob").forEach(realm::revokeConsents);
    }

    @Test
    void whatUsersAllowedIsListedByUserClientAndServer() {
        obtain(alice, client, SERVER_A);
        obtain(alice, client, SERVER_B);
        obtain(bob, other, SERVER_A);
        assertThat(list("")).hasSize(3);
        assertThat(list("?user=alice")).hasSize(2);
        assertThat(list("?user=" + realm.userId("bob"))).hasSize(1);
        assertThat(list("?client=" + client.clientId() + "&server=" + encoded(SERVER_B)))
                .singleElement()
                .satisfies(approval -> {
                    assertThat(approval.path("username").asText()).isEqualTo("alice");
                    assertThat(approval.path("clientId").asText()).isEqualTo(client.clientId());
                    assertThat(approval.path("server").asText()).isEqualTo(SERVER_B);
                    assertThat(approval.path("scopes").toString()).contains("mcp:tools");
                    assertThat(approval.path("given").asLong())
                            .isBetween(
                                    System.currentTimeMillis() / 1_000 - 600, System.currentTimeMillis() / 1_000 + 1);
                });
        assertThat(list("?server=" + encoded(SERVER_A.replace("http", "HTTP")))).hasSize(2);
        realm.revokeConsents("alice");
        assertThat(list("")).as("revoked in Keycloak").hasSize(1);
    }

    @Test
    void pagesFollowEachOther() {
        for (McpClient one : List.of(client, other)) {
            obtain(alice, one, SERVER_A);
            obtain(alice, one, SERVER_B);
            obtain(bob, one, SERVER_A);
        }
        List<String> found = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = realm.read(APPROVALS + "?max=4&after=" + next);
            page.path("approvals")
                    .forEach(approval -> found.add(approval.path("user").asText()
                            + approval.path("client").asText()
                            + approval.path("server").asText()));
            next = page.path("next").asText();
        } while (!next.isEmpty());
        assertThat(found).hasSize(6).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"user=alice", "client=%s", "server=%s", "user=alice&client=%s&server=%s"})
    void whatIsTakenBackCannotBeRefreshedAndIsAskedForAgain(String filter) {
        Tokens tokens = obtain(alice, client, SERVER_A);
        Tokens offline = client.obtain(
                alice, client.authorization().resource(SERVER_A).scope("openid mcp:tools offline_access"));
        String query = filter.replace("client=%s", "client=" + client.clientId())
                .replace("server=%s", "server=" + encoded(SERVER_A));
        assertThat(delete(query + "&dryRun=true").path("revoked").asInt()).isEqualTo(1);
        JsonNode answer = delete(query);
        assertThat(answer.path("revoked").asInt()).isEqualTo(1);
        assertThat(answer.path("complete").asBoolean()).isTrue();
        assertThat(answer.path("accessTokenSeconds").asInt())
                .isEqualTo(realm.representation().path("accessTokenLifespan").asInt());
        for (Tokens ended : List.of(tokens, offline)) {
            ErrorAssertion.assertRefused(client.refresh(ended.refresh()), 400).hasError("invalid_grant");
        }
        assertThat(alice.reach(client.authorization().resource(SERVER_A)).isConsent())
                .isTrue();
        assertThat(list("")).isEmpty();
    }

    @Test
    void whatIsNotTakenBackStays() {
        obtain(alice, client, SERVER_A);
        obtain(alice, client, SERVER_B);
        Tokens others = obtain(alice, other, SERVER_A);
        Tokens bobs = obtain(bob, client, SERVER_A);
        assertThat(delete("user=alice&client=" + client.clientId() + "&server=" + encoded(SERVER_A))
                        .path("revoked")
                        .asInt())
                .isEqualTo(1);
        assertThat(alice.open(client.authorization().resource(SERVER_B).uri())
                        .answer()
                        .hasCode())
                .as("another server of the client")
                .isTrue();
        assertThat(alice.reach(client.authorization().resource(SERVER_A)).isConsent())
                .isTrue();
        TokenAssertion.assertThat(other.refresh(others.refresh()).tokens()).isFor(SERVER_A);
        TokenAssertion.assertThat(client.refresh(bobs.refresh()).tokens()).isFor(SERVER_A);
    }

    @Test
    void takingBackIsAnAdminEvent() {
        obtain(alice, client, SERVER_A);
        realm.update("{\"adminEventsDetailsEnabled\": true}");
        delete("user=alice");
        assertThat(realm.read("/admin-events?resourcePath=mcp/approvals/*&operationTypes=DELETE")
                        .path(0)
                        .path("representation")
                        .asText())
                .contains(client.clientId(), SERVER_A);
    }

    @Test
    void whatDoesNotExistIsSaidAndNothingIsTakenBack() {
        obtain(alice, client, SERVER_A);
        assertThat(realm.delete(APPROVALS).statusCode()).isEqualTo(400);
        for (String unknown : List.of("user=nobody", "client=nobody", "server=nonsense")) {
            Response reply = realm.delete(APPROVALS + "?" + unknown);
            assertThat(reply.statusCode()).as(unknown).isEqualTo(404);
            assertThat(reply.asString()).contains("errorMessage");
            assertThat(realm.get(APPROVALS + "?" + unknown).statusCode())
                    .as(unknown)
                    .isEqualTo(404);
        }
        assertThat(realm.delete(APPROVALS + "?user=%00").statusCode()).isIn(400, 404);
        for (String after : List.of("x", "%00", "AAAA", "!", "a".repeat(5_000))) {
            assertThat(realm.get(APPROVALS + "?after=" + after).statusCode())
                    .as(after)
                    .isEqualTo(400);
        }
        assertThat(list("?server=" + encoded("https://unknown.example/mcp"))).isEmpty();
        assertThat(list("")).hasSize(1);
    }

    private static Tokens obtain(Browser browser, McpClient client, String server) {
        return client.obtain(browser, client.authorization().resource(server));
    }

    private List<JsonNode> list(String query) {
        return StreamSupport.stream(
                        realm.read(APPROVALS + query).path("approvals").spliterator(), false)
                .toList();
    }

    private JsonNode delete(String query) {
        Response reply = realm.delete(APPROVALS + "?" + query);
        assertThat(reply.statusCode()).as(reply.asString()).isEqualTo(200);
        return Json.parseObject(reply.asString());
    }

    private static String encoded(String uri) {
        return URLEncoder.encode(uri, StandardCharsets.UTF_8);
    }
}
