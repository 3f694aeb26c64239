package io.github.keycloakmcp.example;

import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The tools, called by the SDK's own client over HTTP. */
final class ToolsTest {

    @Test
    @DisplayName("whoami tells what the token says about the caller")
    void whoami() throws Exception {
        CallToolResult result = call("whoami", Map.of());

        assertEquals(
                Map.of(
                        "sub", "7d0f",
                        "preferred_username", "alice",
                        "client_id", "some-client",
                        "aud", List.of(RunningServer.RESOURCE),
                        "scope", "profile mcp:tools"),
                JSONObjectUtils.parse(text(result)));
    }

    @ParameterizedTest(name = "{0} and {1} make {2}")
    @CsvSource({"2, 3, 5", "0.1, 0.2, 0.3", "-1, 1, 0", "9007199254740993, 1, 9007199254740994", "60, 40, 100"})
    void add(BigDecimal a, BigDecimal b, String sum) throws Exception {
        assertEquals(sum, text(call("add", Map.of("a", a, "b", b))));
    }

    @Test
    @DisplayName("an argument that is no number is the caller's error, not the server's")
    void addWords() throws Exception {
        assertTrue(call("add", Map.of("a", "two", "b", 2)).isError());
        assertTrue(call("add", Map.of("a", 2)).isError());
    }

    @Test
    @DisplayName("the server offers exactly its two tools")
    void list() throws Exception {
        try (TestIssuer issuer = TestIssuer.publishing();
                RunningServer server = RunningServer.trusting(issuer);
                McpSyncClient client = client(server, issuer)) {
            client.initialize();
            assertEquals(
                    Set.of("whoami", "add"),
                    client.listTools().tools().stream().map(Tool::name).collect(Collectors.toSet()));
        }
    }

    private static CallToolResult call(String tool, Map<String, Object> arguments) throws Exception {
        try (TestIssuer issuer = TestIssuer.publishing();
                RunningServer server = RunningServer.trusting(issuer);
                McpSyncClient client = client(server, issuer)) {
            client.initialize();
            return client.callTool(
                    CallToolRequest.builder(tool).arguments(arguments).build());
        }
    }

    private static McpSyncClient client(RunningServer server, TestIssuer issuer) throws Exception {
        String authorization = "Bearer " + issuer.token(claims -> {});
        return McpClient.sync(HttpClientStreamableHttpTransport.builder(server.url())
                        .endpoint("/mcp")
                        .requestBuilder(HttpRequest.newBuilder().header("Authorization", authorization))
                        .build())
                .build();
    }

    private static String text(CallToolResult result) {
        return ((TextContent) result.content().get(0)).text();
    }
}
