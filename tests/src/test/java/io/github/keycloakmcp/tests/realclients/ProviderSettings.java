package io.github.keycloakmcp.tests.realclients;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.KeycloakServer;

/**
 * The settings of this extension that the server shows in its admin console.
 *
 * @param defaults by provider, the default of each setting as text, empty where there is none
 */
record ProviderSettings(Map<String, Map<String, String>> defaults) {

    private static final List<String> NAMES = List.of("providerId", "protocolMapper", "executor", "condition");
    private static final List<String> CONFIGURATIONS = List.of("config", "configuration");

    static ProviderSettings of(KeycloakServer server) {
        Map<String, Map<String, String>> defaults = new TreeMap<>();
        JsonNode info = new AdminApi(server).serverInfo();
        for (String types : List.of("componentTypes", "protocolMapperTypes")) {
            for (JsonNode kind : info.path(types)) {
                for (JsonNode provider : kind) {
                    String id = provider.path("id").asText();
                    if (id.startsWith("mcp") && !provider.path("properties").isEmpty()) {
                        defaults.put(id, defaults(provider.path("properties")));
                    }
                }
            }
        }
        return new ProviderSettings(defaults);
    }

    /** What is stored, without entries that say the same as no entry: empty ones and defaults; values as text. */
    JsonNode effective(JsonNode stored) {
        JsonNode copy = stored.deepCopy();
        for (String name : NAMES) {
            for (JsonNode provider : copy.findParents(name)) {
                Map<String, String> own =
                        defaults.getOrDefault(provider.path(name).asText(), Map.of());
                CONFIGURATIONS.stream()
                        .filter(member -> provider.path(member).isObject())
                        .forEach(member -> reduce((ObjectNode) provider.path(member), own));
            }
        }
        return copy;
    }

    private static void reduce(ObjectNode configuration, Map<String, String> defaults) {
        defaults.forEach((key, value) -> {
            String text = text(configuration.path(key));
            if (text.isEmpty() || text.equals(value)) {
                configuration.remove(key);
            } else {
                configuration.put(key, text);
            }
        });
    }

    private static Map<String, String> defaults(JsonNode properties) {
        Map<String, String> defaults = new TreeMap<>();
        for (JsonNode property : properties) {
            defaults.put(property.path("name").asText(), text(property.path("defaultValue")));
        }
        return defaults;
    }

    /** A value, or the values of a list as one text; null and nothing are empty. */
    private static String text(JsonNode value) {
        return value.isArray()
                ? StreamSupport.stream(value.spliterator(), false)
                        .map(ProviderSettings::text)
                        .filter(entry -> !entry.isEmpty())
                        .collect(Collectors.joining("##"))
                : value.isNull() ? "" : value.asText();
    }
}
