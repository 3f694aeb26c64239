package io.github.keycloakmcp.tests.integration.discovery;

import java.net.URI;
import java.util.List;
import java.util.Locale;

import io.github.keycloakmcp.tests.client.AuthorizationServer;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.client.HttpReply;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenReply;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An MCP client in a browser puts the header fields of MCP on every request, those to the authorization server included;
 * the browser sends none of these before the preflight allows each field.
 */
@KeycloakTest
class PreflightIT {

    private static final String ORIGIN = "http://localhost:6274";

    private static final List<String> FIELDS =
            List.of("mcp-protocol-version", "mcp-session-id", "last-event-id", "mcp-method", "mcp-name");

    @ParameterizedTest
    @ValueSource(strings = {"/.well-known/oauth-authorization-server%s", "%s/.well-known/openid-configuration"})
    void theMetadataMayBeReadWithTheFieldsOfMcp(String location, McpRealm realm) {
        URI metadata = realm.issuer().resolve(location.formatted(realm.issuer().getRawPath()));
        allowsTheFields(preflight(metadata, "GET"));
        HttpReply answer = Http.plain()
                .with("Origin", ORIGIN)
                .with("MCP-Protocol-Version", "2025-11-25")
                .get(metadata);
        answer.expect(200);
        assertThat(answer.header("Access-Control-Allow-Origin")).contains(ORIGIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"registration_endpoint", "token_endpoint", "revocation_endpoint"})
    void anEndpointMayBeCalledWithTheFieldsOfMcp(String endpoint, McpRealm realm) {
        allowsTheFields(preflight(discovered(realm).endpoint(endpoint), "POST"));
    }

    @Test
    void theFieldsOpenNothingToAnotherOrigin(McpRealm realm) {
        McpClient client = McpClient.of(realm)
                .registered(ClientMetadata.named("Program in a browser"))
                .sending("MCP-Protocol-Version", "2025-11-25")
                .sending("Origin", "https://evil.example");
        TokenReply answer = client.refresh("no token");
        answer.expect(403);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    }

    private static HttpReply preflight(URI uri, String method) {
        return Http.plain().with("Origin", ORIGIN).preflight(uri, method, String.join(",", FIELDS));
    }

    private static void allowsTheFields(HttpReply preflight) {
        preflight.expect(200);
        assertThat(preflight.header("Access-Control-Allow-Origin")).contains(ORIGIN);
        String allowed =
                preflight.header("Access-Control-Allow-Headers").orElse("").toLowerCase(Locale.ROOT);
        assertThat(List.of(allowed.split(",\\s*", -1)))
                .containsAll(FIELDS)
                .contains("accept", "content-type", "authorization");
    }

    private static AuthorizationServer discovered(McpRealm realm) {
        return AuthorizationServer.discover(Http.plain(), realm.issuer());
    }
}
