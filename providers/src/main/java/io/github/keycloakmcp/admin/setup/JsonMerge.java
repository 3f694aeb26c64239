package io.github.keycloakmcp.admin.setup;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Compares and joins representations. What a tree does not name is left as it is; empty counts as not there. */
public final class JsonMerge {

    private JsonMerge() {}

    /** Tells whether {@code actual} has everything that {@code wanted} names. */
    static boolean covers(JsonNode actual, JsonNode wanted) {
        if (wanted.isObject()) {
            return wanted.properties().stream()
                    .allMatch(member -> covers(actual.path(member.getKey()), member.getValue()));
        }
        if (wanted.isArray()) {
            List<JsonNode> here = filled(actual);
            List<JsonNode> there = filled(wanted);
            return here.size() == there.size()
                    && Stream.iterate(0, i -> i + 1)
                            .limit(here.size())
                            .allMatch(i -> covers(here.get(i), there.get(i)));
        }
        return wanted.asText().equals(actual.asText());
    }

    /** {@code base} with everything that {@code over} names; lists are replaced. */
    static ObjectNode overlaid(ObjectNode base, ObjectNode over) {
        ObjectNode result = base.deepCopy();
        for (Map.Entry<String, JsonNode> member : over.properties()) {
            JsonNode before = result.path(member.getKey());
            result.set(
                    member.getKey(),
                    before instanceof ObjectNode object && member.getValue() instanceof ObjectNode more
                            ? overlaid(object, more)
                            : member.getValue().deepCopy());
        }
        return result;
    }

    public static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** Keycloak keeps the texts of a setting in no order; objects, such as executors, stay in theirs. */
    private static List<JsonNode> filled(JsonNode array) {
        return elements(array)
                .filter(element -> !element.isTextual() || !element.asText().isEmpty())
                .sorted(Comparator.comparing(JsonNode::asText))
                .toList();
    }
}
