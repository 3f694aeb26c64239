package io.github.keycloakmcp.tests.integration.registration;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Registration;
import io.github.keycloakmcp.tests.server.ExampleServers;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The clients that people use register with the realm file's own settings. */
@KeycloakTest(exampleServers = 1)
class KnownClientsIT {

    private static final ClientMetadata VSCODE = ClientMetadata.named("Visual Studio Code")
            .redirects("https://vscode.dev/redirect", "http://127.0.0.1:33418/");

    @ParameterizedTest
    @MethodSource("io.github.keycloakmcp.tests.integration.registration.KnownClient#all")
    void aKnownClientRegistersWithTheDefaultSettingsAndReachesATool(
            KnownClient known, McpRealm realm, ExampleServers servers) {
        McpClient stranger = McpClient.of(realm);
        Registration answer = stranger.register(known.metadata());
        answer.expect(201);
        JsonNode sent = known.metadata().json();
        assertThat(answer.redirectUris()).containsAll(Json.texts(sent.path("redirect_uris")));
        assertThat(answer.scopes()).contains("mcp:tools");
        if (sent.has("scope")) {
            List<String> asked = List.of(sent.path("scope").asText().split(" ", -1));
            assertThat(answer.scopes()).containsExactlyInAnyOrderElementsOf(asked);
        }
        assertThat(answer.grantTypes()).containsExactlyInAnyOrder("authorization_code", "refresh_token");
        JsonNode stored = realm.clients().get(answer.clientId());
        assertThat(stored.path("name")).isEqualTo(sent.path("client_name"));
        assertThat(stored.path("attributes").path("mcp.known-client").asText()).isEqualTo(known.verified());
        assertThat(stored.path("attributes")
                        .path("oauth2.device.authorization.grant.enabled")
                        .asText("false"))
                .isEqualTo("false");
        for (JsonNode uri : sent.path("redirect_uris")) {
            ToolCall.reached(
                    stranger,
                    answer,
                    uri.asText(),
                    known.authorizes(),
                    servers.a().resource());
        }
    }

    @Test
    void whoProvesNothingAnyMoreIsVerifiedNoLonger(McpRealm realm) {
        Registration vscode = McpClient.of(realm).register(VSCODE);
        assertThat(verified(realm, vscode)).isEqualTo("vscode");
        ClientMetadata local = VSCODE.redirects("http://127.0.0.1:33418/").with("client_id", vscode.clientId());
        Registration changed =
                McpClient.of(realm).updateRegistration(vscode, local.json().toString());
        changed.expect(200);
        assertThat(verified(realm, vscode)).isEmpty();
        ClientMetadata again = VSCODE.with("client_id", vscode.clientId());
        McpClient.of(realm).updateRegistration(changed, again.json().toString()).expect(200);
        assertThat(verified(realm, vscode)).isEqualTo("vscode");
    }

    @Test
    void nobodyIsVerifiedByAnAdministratorsHand(McpRealm realm) {
        Registration local = McpClient.of(realm).register(ClientMetadata.unique("Claude"));
        realm.put(realm.clients().path(local.clientId()), "{\"attributes\": {\"mcp.known-client\": \"claude\"}}");
        assertThat(verified(realm, local)).isEmpty();
        realm.put(
                realm.clients().path(local.clientId()),
                "{\"redirectUris\": [\"https://claude.ai/api/mcp/auth_callback\"]}");
        assertThat(verified(realm, local)).isEqualTo("claude");
    }

    @Test
    void aVendorsNameIsNotForAnotherWebSite(McpRealm realm) {
        ClientMetadata borrowed = ClientMetadata.named("C1aude").redirects("https://vscode.dev/redirect");
        RefusalCheck.ofRegistrations(realm)
                .refused(() -> McpClient.of(realm).register(borrowed), 400, "invalid_client_metadata")
                .saying("client_name: Claude is a known client", "vscode.dev");
    }

    private static String verified(McpRealm realm, Registration registration) {
        return realm.clients()
                .get(registration.clientId())
                .path("attributes")
                .path("mcp.known-client")
                .asText();
    }
}
