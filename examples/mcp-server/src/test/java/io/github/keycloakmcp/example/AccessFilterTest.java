package io.github.keycloakmcp.example;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.stream.Stream;

import com.nimbusds.jose.JOSEException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Where the server looks for a token, and that nothing gets past it without one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AccessFilterTest {

    private static final String CHALLENGE =
            "Bearer resource_metadata=\"" + RunningServer.METADATA + "\", scope=\"mcp:tools\"";

    private final TestIssuer issuer;
    private final RunningServer server;

    AccessFilterTest() throws IOException, JOSEException {
        issuer = TestIssuer.publishing();
        server = RunningServer.trusting(issuer);
    }

    @AfterAll
    void stop() {
        server.close();
        issuer.close();
    }

    @Test
    @DisplayName("a request without a token is told where to get one, and no error")
    void noToken() throws Exception {
        HttpResponse<String> answer = server.initialize();

        assertEquals(401, answer.statusCode());
        assertEquals(CHALLENGE, challenge(answer));
    }

    @Test
    @DisplayName("other ways to send a token count as no token")
    void onlyTheBearerHeader() throws Exception {
        String good = issuer.token(claims -> {});

        assertEquals(CHALLENGE, challenge(server.initialize("Authorization", "Basic " + good)));
        assertEquals(CHALLENGE, challenge(server.initialize("Authorization", "Bearer ")));
        assertEquals(CHALLENGE, challenge(server.initializeAt("/mcp?access_token=" + good)));
    }

    @Test
    @DisplayName("the name of the scheme may be written in any case")
    void schemeInAnyCase() throws Exception {
        assertEquals(
                200,
                server.initialize("Authorization", "bearer " + issuer.token(claims -> {}))
                        .statusCode());
    }

    @ParameterizedTest(name = "{0} does not get around the check")
    @MethodSource("spellings")
    void noSpellingOfThePathGetsAroundTheCheck(String path) throws Exception {
        int status = server.initializeAt(path).statusCode();

        assertTrue(status == 401 || status == 400 || status == 404, path + ": " + status);
    }

    static Stream<String> spellings() {
        return Stream.of("/mcp;x=1", "/%6dcp", "//mcp", "/x/../mcp", "/mcp/", "/mcp/x", "/./mcp", "/mcp%2f", "/MCP");
    }

    private static String challenge(HttpResponse<String> answer) {
        return answer.headers().firstValue("WWW-Authenticate").orElse("none");
    }
}
