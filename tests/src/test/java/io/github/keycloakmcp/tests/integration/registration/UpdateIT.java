package io.github.keycloakmcp.tests.integration.registration;

import java.net.URI;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.client.HttpReply;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Registration;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A client manages its registration (RFC 7592), within the same rules. */
@KeycloakTest
class UpdateIT {

    @Test
    void aClientReadsItsRegistration(McpRealm realm) {
        Registration old = registered(realm);
        Registration read = McpClient.of(realm).readRegistration(old);
        read.expect(200);
        assertThat(read.clientId()).isEqualTo(old.clientId());
        assertThat(read.redirectUris()).containsExactlyInAnyOrderElementsOf(old.redirectUris());
        assertThat(read.scopes()).containsExactlyInAnyOrderElementsOf(old.scopes());
    }

    @Test
    void aClientChangesItsRegistrationAndGetsANewToken(McpRealm realm) {
        Registration old = registered(realm);
        ClientMetadata changed = mine(old)
                .with("client_name", "Renamed")
                .scope("mcp:tools nonsense")
                .redirects("http://localhost:7777/new");
        Registration answer = McpClient.of(realm).updateRegistration(old, json(changed));
        answer.expect(200);
        assertThat(answer.redirectUris())
                .containsExactlyInAnyOrder("http://localhost:7777/new", "http://localhost/new");
        assertThat(answer.scopes()).containsExactly("mcp:tools");
        JsonNode stored = realm.clients().get(old.clientId());
        assertThat(stored.path("name").asText()).isEqualTo("Renamed");
        assertThat(stored.path("consentRequired").asBoolean()).isTrue();
        assertThat(stored.path("fullScopeAllowed").asBoolean(true)).isFalse();
        assertThat(stored.path("attributes").path("pkce.code.challenge.method").asText())
                .isEqualTo("S256");
        McpClient.of(realm).readRegistration(answer).expect(200);
        McpClient.of(realm).readRegistration(old).expect(401);
    }

    @Test
    void whatAnUpdateDoesNotNameStays(McpRealm realm) {
        Registration old = registered(realm);
        JsonNode before = realm.clients().get(old.clientId());
        Registration answer = McpClient.of(realm)
                .updateRegistration(old, json(mine(old).without("redirect_uris").with("client_name", "Renamed")));
        answer.expect(200);
        assertThat(answer.redirectUris()).containsExactlyInAnyOrderElementsOf(old.redirectUris());
        JsonNode stored = realm.clients().get(old.clientId());
        assertThat(stored.path("name").asText()).isEqualTo("Renamed");
        assertThat(stored.path("attributes").path("mcp.registered"))
                .isEqualTo(before.path("attributes").path("mcp.registered"));
    }

    @Test
    void anUpdateNeitherWidensNorNarrowsTheScopes(McpRealm realm) {
        realm.scopes().create("{\"name\": \"secret\", \"protocol\": \"openid-connect\"}");
        Registration old = registered(realm);
        List<String> defaults = realm.clients().defaultScopes(old.clientId());
        List<String> optional = realm.clients().optionalScopes(old.clientId());
        Registration answer =
                McpClient.of(realm).updateRegistration(old, json(mine(old).scope("secret")));
        answer.expect(200);
        assertThat(answer.scopes()).containsExactly("mcp:tools");
        assertThat(realm.clients().defaultScopes(old.clientId())).containsExactlyInAnyOrderElementsOf(defaults);
        assertThat(realm.clients().optionalScopes(old.clientId())).containsExactlyInAnyOrderElementsOf(optional);
    }

    @ParameterizedTest
    @MethodSource("io.github.keycloakmcp.tests.integration.registration.HostileUpdates#rows")
    void aHostileUpdateLeavesTheClientAsItWas(Hostile row, McpRealm realm) {
        Registration old = registered(realm);
        JsonNode before = realm.clients().get(old.clientId());
        String body = row.body().replace("CLIENT_ID", old.clientId());
        RefusalCheck.ofUpdates(realm)
                .refused(() -> McpClient.of(realm).updateRegistration(old, body), row.status(), row.error());
        assertThat(realm.clients().get(old.clientId())).isEqualTo(before);
        McpClient.of(realm).readRegistration(old).expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"scope\": \"mcp:tools\"}", "{\"client_id\": \"nobody\", \"scope\": \"mcp:tools\"}"})
    void anUpdateThatNamesAnotherClientIsNoServerError(String body, McpRealm realm) {
        Registration old = registered(realm);
        Registration answer = McpClient.of(realm).updateRegistration(old, body);
        ErrorAssertion.assertRefused(answer, 400)
                .hasError("invalid_client_metadata")
                .saying("client_id");
        int anonymous = Http.plain().json("PUT", old.managementUri(), body).statusCode();
        assertThat(anonymous).isIn(400, 401);
    }

    @Test
    void aClientThatIsNotThereIsNeitherReadNorChangedNorRemoved(McpRealm realm) {
        URI nobody = ManagedAt.of(realm, "nobody");
        String body =
                json(ClientMetadata.named("Nobody").with("client_id", "nobody").scope("mcp:tools"));
        Http stranger =
                Http.plain().with("Authorization", "Bearer " + registered(realm).managementToken());
        for (Http http : List.of(Http.plain(), stranger)) {
            ErrorAssertion.assertRefused(http.get(nobody), 401).hasError("invalid_token");
            ErrorAssertion.assertRefused(http.json("PUT", nobody, body), 401).hasError("invalid_token");
            ErrorAssertion.assertRefused(http.delete(nobody), 401).hasError("invalid_token");
        }
    }

    @Test
    void anIdentifierThatNoClientCanHaveIsNotLookedUp(McpRealm realm) {
        Registration old = registered(realm);
        URI uri = ManagedAt.of(realm, old.clientId() + "%00");
        Http owner = Http.plain().with("Authorization", "Bearer " + old.managementToken());
        String body = json(ClientMetadata.named("Managed").with("client_id", old.clientId() + "\u0000"));
        RefusalCheck.ofUpdates(realm).refused(() -> owner.json("PUT", uri, body), 401, "invalid_token");
        for (HttpReply reply :
                List.of(owner.get(uri), owner.delete(uri), Http.plain().get(uri))) {
            ErrorAssertion.assertRefused(reply, 401).hasError("invalid_token").saying("no client with this client_id");
        }
    }

    @Test
    void aClientWhoseIdentifierAnAdministratorChoseManagesItself(McpRealm realm) {
        String id = "chosen-by-an-administrator";
        realm.clients().create("""
                {"clientId": "%s", "publicClient": true, "redirectUris": ["%s"]}""".formatted(id, ClientMetadata.LOOPBACK));
        String token = AdminApi.succeeded(
                        "POST",
                        "/registration-access-token",
                        realm.post(realm.clients().path(id) + "/registration-access-token", "{}"))
                .path("registrationAccessToken");
        ClientMetadata renamed =
                ClientMetadata.named("Renamed").with("client_id", id).scope("mcp:tools offline_access");
        Registration answer = new Registration(Http.plain()
                .with("Authorization", "Bearer " + token)
                .json("PUT", ManagedAt.of(realm, id), json(renamed)));
        answer.expect(200);
        assertThat(answer.scopes()).containsExactlyInAnyOrder("mcp:tools", "offline_access");
        assertThat(realm.clients().get(id).path("name").asText()).isEqualTo("Renamed");
        assertThat(realm.clients().defaultScopes(id)).contains("basic", "profile");
    }

    @Test
    void aClientRemovesItself(McpRealm realm) {
        Registration old = registered(realm);
        McpClient.of(realm).deleteRegistration(old).expect(204);
        assertThat(realm.clients().contains(old.clientId())).isFalse();
        McpClient.of(realm).readRegistration(old).expect(401);
    }

    @Test
    void nobodyElseManagesIt(McpRealm realm) {
        Registration old = registered(realm);
        Http stranger =
                Http.plain().with("Authorization", "Bearer " + registered(realm).managementToken());
        for (Http http : List.of(Http.plain(), stranger)) {
            ErrorAssertion.assertRefused(http.get(old.managementUri()), 401).hasError("invalid_token");
            ErrorAssertion.assertRefused(http.json("PUT", old.managementUri(), json(mine(old))), 401)
                    .hasError("invalid_token");
            ErrorAssertion.assertRefused(http.delete(old.managementUri()), 401).hasError("invalid_token");
        }
        assertThat(realm.clients().contains(old.clientId())).isTrue();
    }

    private static Registration registered(McpRealm realm) {
        Registration answer = McpClient.of(realm).register(ClientMetadata.unique("Managed"));
        answer.expect(201);
        return answer;
    }

    private static ClientMetadata mine(Registration old) {
        return ClientMetadata.named("Managed").with("client_id", old.clientId());
    }

    private static String json(ClientMetadata metadata) {
        return metadata.json().toString();
    }
}
