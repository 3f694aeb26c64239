package io.github.keycloakmcp.tests.client;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.server.Json;
import org.jspecify.annotations.Nullable;

/** Calls one tool of an MCP server by the streamable HTTP transport, message by message. */
public final class McpCall {

    private static final String REVISION = "2025-06-18";

    private final URI resource;
    private final Http http;
    private final UnaryOperator<String> proof;

    /** Makes the proof for a body; empty for none. */
    private McpCall(URI resource, Http http, UnaryOperator<String> proof) {
        this.resource = resource;
        this.http = http;
        this.proof = proof;
    }

    /** Without a token. */
    public static McpCall on(URI resource) {
        Http http = Http.plain().with("Accept", "application/json, text/event-stream");
        return new McpCall(resource, http, body -> "");
    }

    /** With an access token. */
    public McpCall with(Tokens tokens) {
        return bearer(tokens.accessToken());
    }

    /** With any text as access token. */
    public McpCall bearer(String token) {
        return new McpCall(resource, http.with("Authorization", "Bearer " + token), proof);
    }

    /** With an access token that is bound to a key, and a proof of the key for each message. */
    public McpCall proving(DpopKey key, Tokens tokens) {
        String token = tokens.accessToken();
        return new McpCall(
                resource, http.with("Authorization", "DPoP " + token), body -> key.proof(resource, token, body));
    }

    /** Initializes a session and calls the tool; a refusal of either ends the call and is the answer. */
    public McpReply tool(String name, Map<String, Object> arguments) {
        HttpReply hello = post(http, message(1, "initialize", greeting()));
        if (hello.statusCode() != 200) {
            return reply(hello);
        }
        Optional<String> session = hello.headers().firstValue("Mcp-Session-Id");
        Http next = http.with(
                "MCP-Protocol-Version",
                rpc(hello).path("result").path("protocolVersion").asText());
        Http talk = session.isPresent() ? next.with("Mcp-Session-Id", session.get()) : next;
        post(talk, message(null, "notifications/initialized", Json.object()));
        ObjectNode call = Json.object().put("name", name);
        call.set("arguments", Json.tree(arguments));
        return reply(post(talk, message(2, "tools/call", call)));
    }

    /** The tool that tells who called. */
    public McpReply whoami() {
        return tool("whoami", Map.of());
    }

    private HttpReply post(Http with, ObjectNode message) {
        String body = message.toString();
        String its = proof.apply(body);
        return (its.isEmpty() ? with : with.with("DPoP", its)).json("POST", resource, body);
    }

    private static McpReply reply(HttpReply http) {
        String text = http.statusCode() == 200
                ? rpc(http).path("result").path("content").path(0).path("text").asText()
                : "";
        return new McpReply(http.statusCode(), http.headers().firstValue("WWW-Authenticate"), text, http.body());
    }

    /** The JSON-RPC message of an answer, which is either plain JSON or the data of a server-sent event. */
    private static JsonNode rpc(HttpReply http) {
        boolean events = http.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
        if (!events) {
            return http.bodyAsJson();
        }
        return http.body()
                .lines()
                .filter(line -> line.startsWith("data:") && line.contains("\"id\""))
                .map(line -> Json.parse(line.substring("data:".length())))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no message in the event stream: " + http.body()));
    }

    private static JsonNode greeting() {
        return Json.tree(Map.of(
                "protocolVersion", REVISION,
                "capabilities", Map.of(),
                "clientInfo", Map.of("name", "keycloak-mcp-tests", "version", "1")));
    }

    private static ObjectNode message(@Nullable Integer id, String method, JsonNode params) {
        ObjectNode message = Json.object().put("jsonrpc", "2.0").put("method", method);
        if (id != null) {
            message.put("id", id);
        }
        message.set("params", params);
        return message;
    }
}
