package io.github.keycloakmcp.example;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.nimbusds.jose.JOSEException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A tool with a scope of its own runs for a token that has it, and tells others what to ask for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ToolScopesTest {

    private static final String CALL =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"add\"}}";

    private final ToolScopes scopes = ToolScopes.read("add=calc:add sub=calc:sub");
    private final TestIssuer issuer;
    private final RunningServer server;

    ToolScopesTest() throws IOException, JOSEException {
        issuer = TestIssuer.publishing();
        server = RunningServer.trusting(issuer, "--tool-scopes=add=calc:add");
    }

    @AfterAll
    void stop() {
        server.close();
        issuer.close();
    }

    @Test
    @DisplayName("a call without the scope of the tool is 403 with everything the client has to ask for")
    void challenge() throws Exception {
        HttpResponse<String> answer = call("mcp:tools");

        assertEquals(403, answer.statusCode());
        assertEquals(
                "Bearer error=\"insufficient_scope\", error_description=\"The token lacks a scope that this request"
                        + " requires\", resource_metadata=\"" + RunningServer.METADATA
                        + "\", scope=\"mcp:tools calc:add\"",
                answer.headers().firstValue("WWW-Authenticate").orElse(""));
    }

    @Test
    @DisplayName("a call with the scope of the tool reaches the endpoint, and so does what calls no tool")
    void passes() throws Exception {
        assertTrue(call("mcp:tools calc:add").statusCode() != 403);
        String token = issuer.token(claims -> claims.claim("scope", "mcp:tools"));
        assertEquals(200, server.initialize("Authorization", "Bearer " + token).statusCode());
    }

    @Test
    @DisplayName("a request in a list is a request, and what cannot be read is left to the endpoint")
    void requests() {
        assertEquals(Optional.of("calc:add"), missing("[{\"method\":\"ping\"}," + CALL + "]"));
        for (String other :
                List.of("", "nonsense", "null", "[]", "7", "{\"method\":\"tools/call\"}", "[[" + CALL + "]]")) {
            assertEquals(Optional.empty(), missing(other), other);
        }
    }

    @Test
    @DisplayName("a client keeps what it has of the server")
    void union() {
        assertEquals(
                List.of("mcp:tools", "calc:sub", "calc:add"),
                scopes.toRequest(List.of("mcp:tools"), Set.of("mcp:tools", "calc:sub", "openid"), "calc:add"));
    }

    @ParameterizedTest(name = "{0} is not accepted")
    @ValueSource(strings = {"add", "=x", "add=", "add=a  sub=b", "add=\"a\""})
    void wrongSetting(String text) {
        assertThrows(IllegalArgumentException.class, () -> ToolScopes.read(text));
    }

    private Optional<String> missing(String body) {
        return scopes.missing(body.getBytes(StandardCharsets.UTF_8), Set.of("mcp:tools"));
    }

    private HttpResponse<String> call(String scope) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + "/mcp"))
                .header("Accept", "application/json, text/event-stream")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(CALL));
        return server.send(request, "Authorization", "Bearer " + issuer.token(claims -> claims.claim("scope", scope)));
    }
}
