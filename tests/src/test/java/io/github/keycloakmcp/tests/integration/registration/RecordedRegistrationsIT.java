package io.github.keycloakmcp.tests.integration.registration;

import java.util.List;
import java.util.Optional;

import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.RecordedRegistration;
import io.github.keycloakmcp.tests.client.Registration;
import io.github.keycloakmcp.tests.server.ExampleServers;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.RegistrationRequest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What published clients were seen to send registers them on every server, with the realm file's own settings. */
@KeycloakTest(exampleServers = 1)
class RecordedRegistrationsIT {

    /** Where MCP Inspector's pages are unless told otherwise; other clients take any port. */
    private static final int PORT = 6274;

    @ParameterizedTest
    @MethodSource("io.github.keycloakmcp.tests.client.RecordedRegistration#all")
    void aRecordedClientRegistersAndReachesATool(
            RecordedRegistration recorded, McpRealm realm, ExampleServers servers) {
        RegistrationRequest request = recorded.onPort(PORT);
        McpClient stranger = McpClient.of(realm);
        for (var header : request.headers().entrySet()) {
            stranger = stranger.sending(header.getKey(), header.getValue());
        }
        Registration answer = stranger.register(request.body().toString());
        answer.expect(201);
        List<String> redirectUris = Json.texts(request.body().path("redirect_uris"));
        assertThat(answer.redirectUris()).containsAll(redirectUris);
        assertThat(answer.grantTypes()).containsExactlyInAnyOrder("authorization_code", "refresh_token");
        Optional<String> secret = answer.clientSecret();
        assertThat(answer.json().path("token_endpoint_auth_method").asText())
                .isEqualTo(secret.isPresent() ? "client_secret_post" : "none");
        String scope = request.body().path("scope").asText();
        assertThat(answer.scopes()).containsAll(scope.isEmpty() ? List.of("mcp:tools") : List.of(scope.split(" ", -1)));
        assertThat(answer.header("Access-Control-Allow-Origin").orElse(""))
                .isEqualTo(request.headers().getOrDefault("origin", ""));

        ToolCall.reached(
                stranger, answer, redirectUris.get(0), scope, servers.a().resource());
    }
}
