package io.github.keycloakmcp.tests.integration.registration;

import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.client.HttpReply;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Registration;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A client in a browser sees an answer only if the answer says that its origin may (MCP Inspector, for example). */
@KeycloakTest
class RegistrationCorsIT {

    private static final String INSPECTOR = "http://localhost:6274";

    @Test
    void anAllowedOriginReadsItsRegistration(McpRealm realm) {
        Registration answer = browser(realm).register(ClientMetadata.named("Inspector"));
        answer.expect(201);
        assertThat(answer.header("Access-Control-Allow-Origin")).contains(INSPECTOR);
        HttpReply read = Http.plain()
                .with("Origin", INSPECTOR)
                .with("Authorization", "Bearer " + answer.managementToken())
                .get(answer.managementUri());
        read.expect(200);
        assertThat(read.header("Access-Control-Allow-Origin")).contains(INSPECTOR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"redirect_uris\": [\"https://evil.example/cb\"]}",
                "{\"redirect_uris\": [\"http://127.0.0.1/cb\"], \"grant_types\": [\"password\"]}",
                "{\"redirect_uris\": \"http://127.0.0.1/cb\"}",
                "{\"redirect_uris\": [\"http://127.0.0.1/cb\"], \"client_id\": \"mine\"}",
                "{\"redirect_uris\": [\"http://127.0.0.1/cb\"], \"token_endpoint_auth_method\": \"magic\"}",
                "[]",
                "no JSON"
            })
    void anAllowedOriginReadsWhyItIsRefused(String body, McpRealm realm) {
        Registration answer = browser(realm).register(body);
        answer.expect(400);
        assertThat(answer.header("Access-Control-Allow-Origin")).as(body).contains(INSPECTOR);
    }

    @Test
    void anAllowedOriginReadsThatItsBodyIsTooLongOrNoJson(McpRealm realm) {
        Registration tooLong = browser(realm).register(ClientMetadata.named("x".repeat(100_000)));
        tooLong.expect(413);
        assertThat(tooLong.header("Access-Control-Allow-Origin")).contains(INSPECTOR);
        HttpReply noJson = Http.plain()
                .with("Origin", INSPECTOR)
                .with("Content-Type", "text/plain")
                .raw("POST", McpClient.of(realm).server().registrationEndpoint(), "{}");
        noJson.expect(415);
        assertThat(noJson.header("Access-Control-Allow-Origin")).contains(INSPECTOR);
    }

    @Test
    void anotherOriginIsRefused(McpRealm realm) {
        Registration answer = McpClient.of(realm)
                .sending("Origin", "https://evil.example")
                .register(ClientMetadata.named("Evil page"));
        answer.expect(403);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void thePreflightAllowsThePost(McpRealm realm) {
        HttpReply answer = Http.plain()
                .with("Origin", INSPECTOR)
                .preflight(McpClient.of(realm).server().registrationEndpoint(), "POST", "content-type,authorization");
        answer.expect(200);
        assertThat(answer.header("Access-Control-Allow-Origin")).contains(INSPECTOR);
        assertThat(answer.header("Access-Control-Allow-Methods").orElse("")).contains("POST", "PUT", "DELETE");
        assertThat(answer.header("Access-Control-Allow-Headers").orElse("")).contains("Content-Type", "Authorization");
    }

    private static McpClient browser(McpRealm realm) {
        return McpClient.of(realm).sending("Origin", INSPECTOR);
    }
}
