package io.github.keycloakmcp.tests.client;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.server.Json;

/**
 * What an MCP server answered to a tool call.
 *
 * @param status the HTTP status
 * @param wwwAuthenticate the challenge, if any
 * @param text the text of the tool's result, empty if there is none
 * @param body the body as it came
 */
public record McpReply(int status, Optional<String> wwwAuthenticate, String text, String body) {

    /** The tool's result, which has to be JSON text. */
    public JsonNode json() {
        if (status != 200) {
            throw new AssertionError("the MCP server answered " + status + ": " + wwwAuthenticate + " " + body);
        }
        return Json.parse(text);
    }
}
