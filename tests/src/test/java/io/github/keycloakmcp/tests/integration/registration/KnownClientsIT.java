package io.github.keycloakmcp.tests.integration.registration;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Registration;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The clients that people use register with the realm file's own settings. */
@KeycloakTest
class KnownClientsIT {

    @ParameterizedTest
    @MethodSource("io.github.keycloakmcp.tests.integration.registration.KnownClient#all")
    void aKnownClientRegistersWithTheDefaultSettings(KnownClient known, McpRealm realm) {
        Registration answer = McpClient.of(realm).register(known.metadata());
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
        assertThat(stored.path("attributes")
                        .path("oauth2.device.authorization.grant.enabled")
                        .asText("false"))
                .isEqualTo("false");
    }
}
