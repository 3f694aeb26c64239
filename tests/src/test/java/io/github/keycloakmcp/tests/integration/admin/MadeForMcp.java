package io.github.keycloakmcp.tests.integration.admin;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.McpRealm;

/**
 * What a realm has for MCP, without internal ids and in one spelling. To which clients the client policy applies is left
 * out: to all of a realm that was made for MCP, to MCP clients in any other.
 */
final class MadeForMcp {

    private MadeForMcp() {}

    static Map<String, Object> in(McpRealm realm) {
        Map<String, Object> made = new TreeMap<>();
        ObjectNode scope = realm.scopes().get("mcp:tools").deepCopy();
        JsonNode mapper = scope.remove("protocolMappers").path(0);
        scope.remove("id");
        made.put("scope", scope);
        made.put("mapper", mapper.path("protocolMapper").asText() + words(mapper.path("config")));
        JsonNode profile = named(realm.read("/client-policies/profiles").path("profiles"));
        profile.path("executors")
                .forEach(executor ->
                        ((ObjectNode) executor).set("configuration", Json.tree(words(executor.path("configuration")))));
        made.put("profile", profile);
        JsonNode policy = named(realm.read("/client-policies/policies").path("policies"));
        made.put("policy", ((ObjectNode) policy).without("conditions"));
        for (JsonNode component : realm.components("mcp-client-registration")) {
            made.put("registration, " + component.path("subType").asText(), words(component.path("config")));
        }
        made.put(
                "actions",
                StreamSupport.stream(
                                realm.read("/authentication/required-actions").spliterator(), false)
                        .filter(action -> action.path("alias").asText().startsWith("mcp"))
                        .map(JsonNode::toString)
                        .toList());
        made.put("theme", realm.representation().path("loginTheme").asText());
        return made;
    }

    private static JsonNode named(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .filter(element -> element.path("name").asText().equals("mcp"))
                .findFirst()
                .orElseThrow();
    }

    /** A list in one text is the same as a list. */
    private static Map<String, List<String>> words(JsonNode config) {
        Map<String, List<String>> words = new TreeMap<>();
        config.properties().forEach(setting -> {
            List<String> split = Json.texts(setting.getValue()).stream()
                    .flatMap(text -> Arrays.stream(text.split("##|\\s+")))
                    .filter(word -> !word.isEmpty())
                    .toList();
            if (!split.isEmpty()) {
                words.put(setting.getKey(), split);
            }
        });
        return words;
    }
}
