package io.github.keycloakmcp.tests.integration.registration;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Registration;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** An initial access token opens the door, but the same rules stand behind it. */
@KeycloakTest
class InitialAccessTokenIT {

    private static final String PATH = "/clients-initial-access";

    @Test
    void aGoodRegistrationGetsTheSameClient(McpRealm realm) {
        JsonNode access = initialAccess(realm);
        Registration answer = McpClient.of(realm)
                .register(
                        ClientMetadata.named("Invited").scope("nonsense").json().toString(), token(access));
        answer.expect(201);
        assertThat(answer.scopes()).containsExactly("mcp:tools");
        JsonNode stored = realm.clients().get(answer.clientId());
        assertThat(stored.path("consentRequired").asBoolean()).isTrue();
        assertThat(stored.path("fullScopeAllowed").asBoolean(true)).isFalse();
        assertThat(stored.path("attributes").path("pkce.code.challenge.method").asText())
                .isEqualTo("S256");
        assertThat(realm.clients().defaultScopes(answer.clientId())).contains("basic", "profile", "mcp:tools");
        assertThat(remaining(realm, access)).isEqualTo(1);
    }

    @Test
    void aRefusalDoesNotUseTheTokenUp(McpRealm realm) {
        JsonNode access = initialAccess(realm);
        String evil = ClientMetadata.named("Evil")
                .redirects("https://evil.example/cb")
                .json()
                .toString();
        RefusalCheck.ofRegistrations(realm)
                .refused(() -> McpClient.of(realm).register(evil, token(access)), 400, "invalid_redirect_uri")
                .saying("evil.example");
        assertThat(remaining(realm, access)).isEqualTo(2);
    }

    @Test
    void aTokenThatIsNoneIsRefused(McpRealm realm) {
        String good = ClientMetadata.named("Good").json().toString();
        RefusalCheck.ofRegistrations(realm)
                .refusedByKeycloak(() -> McpClient.of(realm).register(good, "nonsense"), 401, "invalid_token");
    }

    private static JsonNode initialAccess(McpRealm realm) {
        return Json.parse(AdminApi.succeeded("POST", PATH, realm.post(PATH, "{\"count\": 2, \"expiration\": 0}"))
                .asString());
    }

    private static String token(JsonNode access) {
        return access.path("token").asText();
    }

    private static int remaining(McpRealm realm, JsonNode access) {
        for (JsonNode entry : realm.read(PATH)) {
            if (entry.path("id").equals(access.path("id"))) {
                return entry.path("remainingCount").asInt();
            }
        }
        return 0;
    }
}
