package io.github.keycloakmcp.tests.server;

import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

/** Finds members of a JSON array by one of their values. */
final class Lookup {

    private Lookup() {}

    static List<JsonNode> all(JsonNode array, String member, String value) {
        return StreamSupport.stream(array.spliterator(), false)
                .filter(node -> node.path(member).asText().equals(value))
                .toList();
    }

    static JsonNode only(JsonNode array, String member, String value) {
        List<JsonNode> found = all(array, member, value);
        if (found.size() != 1) {
            throw new IllegalStateException(found.size() + " entries have " + member + " " + value);
        }
        return found.get(0);
    }
}
