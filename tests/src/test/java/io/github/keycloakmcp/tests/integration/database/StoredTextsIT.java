package io.github.keycloakmcp.tests.integration.database;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.client.HttpReply;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Registration;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Texts that databases are known to cut, change, misread in a search or refuse: kept as they were sent, or refused. */
@KeycloakTest
class StoredTextsIT {

    /** Four bytes in UTF-8, for which MariaDB's older character set has no room. */
    private static final String FOUR_BYTES = "Calendar \uD83D\uDCC5 \uD834\uDD1E";

    private static final int COLUMN = 255;

    private final McpRealm realm;

    StoredTextsIT(McpRealm realm) {
        this.realm = realm;
    }

    /** MariaDB's columns have no room for them, as Keycloak makes them. */
    @Test
    void aNameWithFourByteCharactersIsKeptOrRefused() {
        Registration registered = McpClient.of(realm).register(ClientMetadata.named(FOUR_BYTES));
        if (registered.status() == 201) {
            assertThat(realm.clients().get(registered.clientId()).path("name").asText())
                    .isEqualTo(FOUR_BYTES);
        } else {
            ErrorAssertion.assertRefused(registered, 400)
                    .hasError("invalid_client_metadata")
                    .saying("database", "emoji");
            assertThat(realm.events("CLIENT_REGISTER_ERROR").get(0).details())
                    .containsEntry("mcp_refusal", "metadata-malformed");
            assertThat(found("Calendar")).isEmpty();
        }
    }

    /** In lower case: a PostgreSQL with the locale C, as tests start it, knows no other case of letters beyond ASCII. */
    @ParameterizedTest
    @ValueSource(strings = {"Zażółć gęślą", "名前 名前", "50%_off! \\ 'or' \"1\"=1; --", "e\u0301lan and élan"})
    void aNameIsKeptAndFoundAsItWasSent(String name) {
        Registration registered = McpClient.of(realm).register(ClientMetadata.named(name));
        registered.expect(201);
        assertThat(registered.json().path("client_name").asText()).isEqualTo(name);
        assertThat(realm.clients().get(registered.clientId()).path("name").asText())
                .isEqualTo(name);
        assertThat(found(name)).contains(registered.clientId());
        assertThat(McpClient.of(realm).register(ClientMetadata.named(name)).clientId())
                .as("registered again")
                .isEqualTo(registered.clientId());
    }

    @Test
    void namesWithAnotherAccentOrCaseAreTwoClients() {
        Registration one = McpClient.of(realm).register(ClientMetadata.named("Resume maker"));
        Registration other = McpClient.of(realm).register(ClientMetadata.named("Résumé Maker"));
        one.expect(201);
        other.expect(201);
        assertThat(other.clientId()).isNotEqualTo(one.clientId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ü", "a"})
    void theLongestTextsFitTheirColumns(String letter) {
        String name = letter.repeat(COLUMN);
        String start = "http://127.0.0.1:4711/";
        String redirect = start + "b".repeat(COLUMN - start.length());
        Registration registered = McpClient.of(realm)
                .register(ClientMetadata.named(name).redirects(redirect, "http://127.0.0.1:4711/" + letter.length()));
        registered.expect(201);
        assertThat(registered.redirectUris()).contains(redirect);
        assertThat(realm.clients().get(registered.clientId()).path("name").asText())
                .isEqualTo(name);
        ErrorAssertion.assertRefused(
                        McpClient.of(realm)
                                .register(ClientMetadata.named("Too long").redirects(redirect + "b")),
                        400)
                .hasError("invalid_redirect_uri");
        ErrorAssertion.assertRefused(McpClient.of(realm).register(ClientMetadata.named(name + letter)), 400)
                .hasError("invalid_client_metadata");
    }

    /** The event of a refusal has texts of the client. */
    @Test
    void aRefusalWithFourByteTextsIsRecorded() {
        realm.clearEvents();
        ErrorAssertion.assertRefused(
                        McpClient.of(realm)
                                .register(ClientMetadata.named(FOUR_BYTES).redirects("https://x.example/\uD83D\uDCC5")),
                        400)
                .hasError("invalid_redirect_uri");
        assertThat(realm.events("CLIENT_REGISTER_ERROR")).hasSize(1);
    }

    @Test
    void aServerHasTextsOfAnyLanguageOrIsRefused() {
        String document = Json.object()
                .put("uri", "https://texts.example.com/mcp")
                .put("name", FOUR_BYTES)
                .put("description", "名前 " + FOUR_BYTES)
                .put("owner", FOUR_BYTES)
                .set("scopes", Json.tree(List.of(Map.of("name", "texts:read", "text", FOUR_BYTES))))
                .toString();
        Response made = realm.put("/mcp/servers", document);
        if (made.statusCode() == 400) {
            assertThat(made.asString()).contains("database", "emoji");
            assertThat(realm.clients().contains("https://texts.example.com/mcp"))
                    .isFalse();
            return;
        }
        assertThat(made.statusCode()).as(made.asString()).isEqualTo(200);
        JsonNode server = realm.read("/mcp/servers/object?uri=https://texts.example.com/mcp");
        assertThat(List.of(
                        server.path("name"),
                        server.path("owner"),
                        server.path("scopes").path(0).path("text")))
                .allSatisfy(text -> assertThat(text.asText()).isEqualTo(FOUR_BYTES));
        assertThat(server.path("description").asText()).isEqualTo("名前 " + FOUR_BYTES);
    }

    /** PostgreSQL keeps no text with a NUL, and fails where it is asked for one. */
    @Test
    void aTextThatTheDatabaseCannotKeepIsNoServerError() {
        URI client = URI.create(realm.issuer() + "/clients-registrations/openid-connect/a%00");
        String body =
                ClientMetadata.named("A").with("client_id", "a\u0000").json().toString();
        for (HttpReply reply : List.of(
                Http.plain().get(client),
                Http.plain().json("PUT", client, body),
                Http.plain().delete(client))) {
            ErrorAssertion.assertRefused(reply, 401).hasError("invalid_token");
        }
        assertThat(realm.delete("/mcp/clients/a%00").statusCode()).isEqualTo(404);
    }

    private List<String> found(String text) {
        return realm.read("/mcp/clients?search=" + URLEncoder.encode(text, StandardCharsets.UTF_8))
                .findValuesAsText("clientId");
    }
}
