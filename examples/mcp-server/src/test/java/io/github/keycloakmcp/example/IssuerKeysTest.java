package io.github.keycloakmcp.example;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** How the server comes to the keys of its issuer, and what it says while it has none. */
final class IssuerKeysTest {

    private static final Duration LONGER_THAN_THE_PAUSE = Duration.ofMillis(2200);

    @Test
    @DisplayName("an issuer with a path has its OAuth metadata before that path and its OpenID metadata behind it")
    void metadataLocations() {
        URI issuer = URI.create("https://sso.example/realms/mcp");

        assertEquals(
                List.of(
                        URI.create("https://sso.example/.well-known/oauth-authorization-server/realms/mcp"),
                        URI.create("https://sso.example/realms/mcp/.well-known/openid-configuration")),
                new IssuerMetadata(issuer, location -> null).locations());
    }

    @ParameterizedTest(name = "keys are found by {0}")
    @ValueSource(
            strings = {
                "/.well-known/oauth-authorization-server/realms/test",
                "/realms/test/.well-known/openid-configuration"
            })
    void keysAreDiscovered(String metadata) throws Exception {
        try (TestIssuer issuer = TestIssuer.silent();
                RunningServer server = RunningServer.trusting(issuer)) {
            issuer.publish(metadata);
            assertEquals(200, call(server, issuer).statusCode());
        }
    }

    @Test
    @DisplayName("keys given by URL need no discovery")
    void keysByUrl() throws Exception {
        try (TestIssuer issuer = TestIssuer.silent();
                RunningServer server = RunningServer.trusting(issuer, "--jwks-uri=" + issuer.url() + "/keys")) {
            issuer.publish("/not/looked/at");
            assertEquals(200, call(server, issuer).statusCode());
        }
    }

    @Test
    @DisplayName("a token cannot be judged before the issuer is up: 503, and no reason to log in again")
    void issuerStartsLater() throws Exception {
        try (TestIssuer issuer = TestIssuer.silent();
                RunningServer server = RunningServer.trusting(issuer)) {
            for (int attempt = 0; attempt < 4; attempt++) {
                HttpResponse<String> early = call(server, issuer);
                assertEquals(503, early.statusCode());
                assertTrue(early.headers().firstValue("WWW-Authenticate").isEmpty());
            }
            issuer.publish("/.well-known/oauth-authorization-server/realms/test");
            Thread.sleep(LONGER_THAN_THE_PAUSE.toMillis());
            assertEquals(200, call(server, issuer).statusCode());
        }
    }

    @Test
    @DisplayName("metadata of another issuer is not believed")
    void metadataOfAnotherIssuer() throws Exception {
        try (TestIssuer issuer = TestIssuer.silent();
                RunningServer server = RunningServer.trusting(issuer)) {
            issuer.publish("/.well-known/oauth-authorization-server/realms/test", "https://evil.example");
            assertEquals(503, call(server, issuer).statusCode());
        }
    }

    @Test
    @DisplayName("a new key of the issuer is learnt without a restart")
    void keyRotation() throws Exception {
        try (TestIssuer issuer = TestIssuer.publishing();
                RunningServer server = RunningServer.trusting(issuer)) {
            assertEquals(200, call(server, issuer).statusCode());
            issuer.rotate();
            assertEquals(200, call(server, issuer).statusCode());
        }
    }

    private static HttpResponse<String> call(RunningServer server, TestIssuer issuer) throws Exception {
        return server.initialize("Authorization", "Bearer " + issuer.token(claims -> {}));
    }
}
