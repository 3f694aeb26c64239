package io.github.keycloakmcp.example;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;

/** The two tools: one shows what the server knows about its caller, the other does a little work. */
final class Tools {

    private static final Map<String, Object> NUMBER = Map.of("type", "number");

    private Tools() {}

    static List<SyncToolSpecification> all() {
        return List.of(
                tool("whoami", "Tells who you are, as your access token says it", Map.of(), Tools::whoami),
                tool("add", "Adds two numbers", Map.of("a", NUMBER, "b", NUMBER), Tools::add));
    }

    private static CallToolResult whoami(McpSyncServerExchange exchange, CallToolRequest request) {
        try {
            Map<String, ?> claims = Caller.in(exchange.transportContext()).claims();
            return text(McpJsonDefaults.getMapper().writeValueAsString(claims));
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }

    private static CallToolResult add(McpSyncServerExchange exchange, CallToolRequest request) {
        BigDecimal sum = number(request, "a").add(number(request, "b"));
        return text(sum.signum() == 0 ? "0" : sum.stripTrailingZeros().toPlainString());
    }

    /** The SDK has checked the arguments against the schema before a tool is called. */
    private static BigDecimal number(CallToolRequest request, String name) {
        return new BigDecimal(String.valueOf(request.arguments().get(name)));
    }

    private static SyncToolSpecification tool(
            String name,
            String description,
            Map<String, Object> parameters,
            BiFunction<McpSyncServerExchange, CallToolRequest, CallToolResult> handler) {
        Map<String, Object> schema =
                Map.of("type", "object", "properties", parameters, "required", List.copyOf(parameters.keySet()));
        return SyncToolSpecification.builder()
                .tool(Tool.builder(name, schema).description(description).build())
                .callHandler(handler)
                .build();
    }

    private static CallToolResult text(String text) {
        return CallToolResult.builder().addTextContent(text).build();
    }
}
