package io.github.keycloakmcp.example;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.nimbusds.jose.util.JSONObjectUtils;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a client learns before it has a token. */
final class DiscoveryTest {

    private static final String BROWSER = "http://localhost:6274";

    @ParameterizedTest(name = "the metadata is at {0}")
    @ValueSource(strings = {"/.well-known/oauth-protected-resource/mcp", "/.well-known/oauth-protected-resource"})
    void metadataIsAtBothPlaces(String path) throws Exception {
        try (TestIssuer issuer = TestIssuer.silent();
                RunningServer server = RunningServer.trusting(issuer, "--name=Tea & \"Cake\"")) {
            HttpResponse<String> answer = server.get(path);

            assertEquals(200, answer.statusCode());
            assertEquals(
                    "application/json",
                    answer.headers().firstValue("Content-Type").orElse(""));
            assertEquals(
                    Map.of(
                            "resource", RunningServer.RESOURCE,
                            "authorization_servers", List.of(issuer.url()),
                            "scopes_supported", List.of("mcp:tools"),
                            "bearer_methods_supported", List.of("header"),
                            "dpop_signing_alg_values_supported", SignedProof.algorithms(),
                            "resource_name", "Tea & \"Cake\""),
                    JSONObjectUtils.parse(answer.body()));
        }
    }

    @Test
    @DisplayName("a server that advertises no scopes names none and requires none, but still its own audience")
    void withoutScopes() throws Exception {
        try (TestIssuer issuer = TestIssuer.publishing();
                RunningServer server = RunningServer.trusting(issuer, "--advertise-scopes=false")) {
            String metadata = server.get(ProtectedResourceMetadata.ROOT).body();
            assertTrue(!metadata.contains("scopes_supported"), metadata);
            assertEquals(
                    "Bearer resource_metadata=\"" + RunningServer.METADATA + '"',
                    server.initialize().headers().firstValue("WWW-Authenticate").orElse(""));

            String scopeless = "Bearer " + issuer.token(claims -> claims.claim("scope", null));
            assertEquals(200, server.initialize("Authorization", scopeless).statusCode());
            String foreign = "Bearer " + issuer.token(claims -> claims.audience("http://localhost:3002/mcp"));
            assertEquals(401, server.initialize("Authorization", foreign).statusCode());
        }
    }

    @ParameterizedTest(name = "the metadata of {0} is at {1}")
    @CsvSource({
        "https://mcp.example/mcp,   https://mcp.example/.well-known/oauth-protected-resource/mcp",
        "https://mcp.example/a/b,   https://mcp.example/.well-known/oauth-protected-resource/a/b",
        "https://mcp.example:8443/, https://mcp.example:8443/.well-known/oauth-protected-resource",
        "https://mcp.example,       https://mcp.example/.well-known/oauth-protected-resource"
    })
    void locationFollowsTheResource(URI resource, URI location) {
        assertEquals(location, ProtectedResourceMetadata.location(resource));
    }

    @ParameterizedTest(name = "a server can live at {0}")
    @ValueSource(strings = {"http://localhost:3001", "http://localhost:3001/", "http://localhost:3001/a/b"})
    void serverLivesAtThePathOfItsResource(String resource) throws Exception {
        try (TestIssuer issuer = TestIssuer.publishing();
                RunningServer server = RunningServer.trusting(issuer, "--resource=" + resource)) {
            String path = URI.create(resource).getPath();
            assertEquals(401, server.initializeAt(path).statusCode());
            String token = issuer.token(claims -> claims.audience(resource));
            assertEquals(
                    200,
                    server.initializeAt(path, "Authorization", "Bearer " + token)
                            .statusCode());
            assertEquals(404, server.initializeAt("/elsewhere").statusCode());
        }
    }

    @Test
    @DisplayName("a client in a browser may call, and may read the challenge and the session")
    void crossOrigin() throws Exception {
        try (TestIssuer issuer = TestIssuer.silent();
                RunningServer server = RunningServer.trusting(issuer)) {
            HttpResponse<String> preflight = preflight(server);
            assertEquals(200, preflight.statusCode());
            assertEquals(BROWSER, header(preflight, "Access-Control-Allow-Origin"));
            assertEquals("", header(preflight, "Access-Control-Allow-Credentials"));
            String allowed = header(preflight, "Access-Control-Allow-Headers").toLowerCase(Locale.ROOT);
            for (String needed :
                    List.of("authorization", "content-type", "dpop", "mcp-protocol-version", "mcp-session-id")) {
                assertTrue(allowed.contains(needed), allowed);
            }

            HttpResponse<String> refused = server.initialize("Origin", BROWSER);
            assertEquals(401, refused.statusCode());
            assertEquals(BROWSER, header(refused, "Access-Control-Allow-Origin"));
            assertEquals("Origin", header(refused, "Vary"));
            String exposed = header(refused, "Access-Control-Expose-Headers");
            assertTrue(exposed.contains("WWW-Authenticate") && exposed.contains("Mcp-Session-Id"), exposed);
        }
    }

    private static HttpResponse<String> preflight(RunningServer server) throws IOException, InterruptedException {
        return server.send(
                HttpRequest.newBuilder(URI.create(server.url() + "/mcp")).method("OPTIONS", BodyPublishers.noBody()),
                "Origin",
                BROWSER,
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "authorization,content-type,dpop,mcp-protocol-version,mcp-session-id");
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
