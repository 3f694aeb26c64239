package io.github.keycloakmcp.tests.integration.install;

import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads the arrays of Admin REST. */
final class Entries {

    private Entries() {}

    static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** The one entry of this name. */
    static JsonNode named(JsonNode array, String name) {
        return stream(array)
                .filter(node -> node.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("missing: " + name));
    }

    /** The text of one member in every entry. */
    static List<String> texts(JsonNode array, String member) {
        return stream(array).map(node -> node.path(member).asText()).toList();
    }
}
