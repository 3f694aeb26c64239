package io.github.keycloakmcp.tests.integration.registration;

import java.util.List;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What an administrator does to MCP clients: almost everything to their own, nothing unsafe to those that came by themselves. */
@KeycloakTest
class AdministratorsIT {

    @ParameterizedTest
    @CsvSource({
        "redirectUris, '[\"https://evil.example/cb\"]', invalid_redirect_uri",
        "redirectUris, '[\"http://localhost/*\"]', invalid_redirect_uri",
        "redirectUris, '[]', invalid_redirect_uri",
        "serviceAccountsEnabled, true, invalid_client_metadata",
        "directAccessGrantsEnabled, true, invalid_client_metadata",
        "name, '\"Cl\\u202eedua\"', invalid_client_metadata",
        "attributes, '{\"jwks.url\": \"http://10.0.0.1/\"}', invalid_client_metadata"
    })
    void aClientThatRegisteredItselfStaysWithinTheRules(String member, String value, String error, McpRealm realm) {
        String id = registered(realm);
        JsonNode before = realm.clients().get(id);
        realm.clearEvents();
        Response answer = edited(realm, id, client -> client.set(member, Json.parse(value)));
        assertRefused(answer, error);
        assertThat(realm.clients().get(id)).isEqualTo(before);
        assertThat(realm.events("CLIENT_UPDATE_ERROR")).singleElement().satisfies(event -> {
            assertThat(event.error()).contains(error);
            assertThat(event.clientId()).contains(id);
            assertThat(event.details().get("reason")).endsWith(")");
        });
    }

    @Test
    void aPartOfAClientIsJudgedWithTheRestOfIt(McpRealm realm) {
        String id = registered(realm);
        String path = realm.clients().path(id);
        assertRefused(realm.put(path, "{\"redirectUris\": [\"https://evil.example/cb\"]}"), "invalid_redirect_uri");
        assertRefused(realm.put(path, "{\"serviceAccountsEnabled\": true}"), "invalid_client_metadata");
        assertThat(realm.put(path, "{\"description\": \"known to us\"}").statusCode())
                .isEqualTo(204);
        assertThat(realm.clients().get(id).path("description").asText()).isEqualTo("known to us");
    }

    @Test
    void whatKeepsAClientSafeIsNotSwitchedOff(McpRealm realm) {
        String id = registered(realm);
        Response answer = edited(realm, id, client -> {
            client.put("consentRequired", false).put("fullScopeAllowed", true);
            ((ObjectNode) client.path("attributes")).put("pkce.code.challenge.method", "");
        });
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(204);
        JsonNode stored = realm.clients().get(id);
        assertThat(stored.path("consentRequired").asBoolean()).isTrue();
        assertThat(stored.path("fullScopeAllowed").asBoolean(true)).isFalse();
        assertThat(stored.path("attributes").path("pkce.code.challenge.method").asText())
                .isEqualTo("S256");
    }

    @Test
    void anAdministratorMayStillNameDisableAndWidenIt(McpRealm realm) {
        String id = registered(realm);
        Response answer = edited(realm, id, client -> {
            client.put("name", "Accounting").put("enabled", false);
            client.set("redirectUris", Json.tree(List.of("http://localhost:5000/cb", "https://vscode.dev/redirect")));
            ((ObjectNode) client.path("attributes")).put("oauth2.device.authorization.grant.enabled", "true");
        });
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(204);
        JsonNode stored = realm.clients().get(id);
        assertThat(stored.path("name").asText()).isEqualTo("Accounting");
        assertThat(stored.path("enabled").asBoolean(true)).isFalse();
        assertThat(Json.texts(stored.path("redirectUris")))
                .containsExactlyInAnyOrder(
                        "http://localhost:5000/cb", "http://localhost/cb", "https://vscode.dev/redirect");
        assertThat(stored.path("attributes")
                        .path("oauth2.device.authorization.grant.enabled")
                        .asText())
                .isEqualTo("true");
    }

    @Test
    void anAdministratorTakesAClientOverByRemovingTheMark(McpRealm realm) {
        String id = registered(realm);
        Response answer =
                edited(realm, id, client -> ((ObjectNode) client.path("attributes")).put("mcp.registered", ""));
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(204);
        answer = edited(
                realm,
                id,
                client -> client.put("consentRequired", false)
                        .set("redirectUris", Json.tree(List.of("https://intranet.example/cb"))));
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(204);
        assertThat(realm.clients().get(id).path("consentRequired").asBoolean(true))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://anywhere.example/cb",
                "https://10.0.0.1:8443/cb",
                "com.example.app:/cb",
                "http://127.0.0.1:9000/cb"
            })
    void anAdministratorsOwnClientMayHaveCodesSentAnywhereSafe(String uri, McpRealm realm) {
        ObjectNode client = own("safe-" + Integer.toHexString(uri.hashCode()), uri)
                .put("serviceAccountsEnabled", true)
                .put("publicClient", false)
                .put("consentRequired", false);
        ((ObjectNode) client.path("attributes")).put("standard.token.exchange.enabled", "true");
        Response answer = realm.post("/clients", client);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(201);
        JsonNode stored = realm.clients().get(client.path("clientId").asText());
        assertThat(stored.path("serviceAccountsEnabled").asBoolean()).isTrue();
        assertThat(stored.path("consentRequired").asBoolean(true)).isFalse();
        assertThat(Json.texts(stored.path("redirectUris"))).containsExactly(uri);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example/*",
                "*",
                "http://app.example/cb",
                "https://user@app.example/cb",
                "https://app.example/a/../cb",
                "javascript://app.example/x"
            })
    void aSlipInAnAdministratorsOwnClientIsCaughtWhenItIsMadeAndWhenItIsChanged(String uri, McpRealm realm) {
        String id = "slip-" + Integer.toHexString(uri.hashCode());
        assertRefused(realm.post("/clients", own(id, uri)), "invalid_redirect_uri");
        assertThat(realm.clients().contains(id)).isFalse();
        realm.clients().create(own(id, "https://app.example/cb").toString());
        assertRefused(
                edited(realm, id, client -> client.set("redirectUris", Json.tree(List.of(uri)))),
                "invalid_redirect_uri");
        assertRefused(
                realm.put(realm.clients().path(id), Json.object().set("redirectUris", Json.tree(List.of(uri)))),
                "invalid_redirect_uri");
        assertThat(Json.texts(realm.clients().get(id).path("redirectUris"))).containsExactly("https://app.example/cb");
    }

    @Test
    void aClientWithoutAnMcpScopeIsNoneOfOurBusiness(McpRealm realm) {
        ObjectNode client = own("portal", "http://portal.example/*");
        client.set("defaultClientScopes", Json.tree(List.of("basic", "profile")));
        client.set("optionalClientScopes", Json.tree(List.of("phone")));
        Response answer = realm.post("/clients", client);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(201);
        answer = edited(
                realm,
                "portal",
                edited -> edited.put("implicitFlowEnabled", false)
                        .put("directAccessGrantsEnabled", true)
                        .set("redirectUris", Json.tree(List.of("http://portal.example/*", "*"))));
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"account", "account-console", "security-admin-console", "admin-cli", "broker"})
    void keycloaksOwnClientsCanStillBeSaved(String id, McpRealm realm) {
        Response answer = edited(realm, id, client -> client.put("description", "saved"));
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(204);
    }

    private static String registered(McpRealm realm) {
        return McpClient.of(realm)
                .register(ClientMetadata.unique("Came by itself"))
                .clientId();
    }

    private static ObjectNode own(String id, String redirectUri) {
        ObjectNode client = Json.object().put("clientId", id).put("protocol", "openid-connect");
        client.put("publicClient", true);
        client.set("redirectUris", Json.tree(List.of(redirectUri)));
        client.set("attributes", Json.object());
        return client;
    }

    private static Response edited(McpRealm realm, String id, Consumer<ObjectNode> change) {
        String path = realm.clients().path(id);
        ObjectNode client = Json.parseObject(realm.read(path).toString());
        change.accept(client);
        return realm.put(path, client);
    }

    private static void assertRefused(Response answer, String error) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(400);
        assertThat(answer.jsonPath().getString("error")).as(answer.asString()).isEqualTo(error);
        assertThat(answer.jsonPath().getString("error_description"))
                .as("what the admin console shows")
                .isNotBlank();
    }
}
