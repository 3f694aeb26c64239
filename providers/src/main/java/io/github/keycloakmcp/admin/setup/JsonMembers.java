package io.github.keycloakmcp.admin.setup;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.keycloak.util.JsonSerialization;

/** Reads documents of administrators, in which nothing is ignored: a misspelled member would not do what it was written for. */
final class JsonMembers {

    private static final int MAX_TEXT = 255;

    private JsonMembers() {}

    static JsonNode object(@Nullable String body) throws InvalidInput {
        try {
            return JsonSerialization.mapper.readTree(body == null ? "" : body);
        } catch (JsonProcessingException e) {
            throw new InvalidInput("", "this is no JSON");
        }
    }

    static void onlyKnown(JsonNode json, Set<String> members, String at) throws InvalidInput {
        if (!json.isObject()) {
            throw new InvalidInput(at.replaceAll("\\.\\z", ""), "an object is expected");
        }
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!members.contains(name)) {
                throw new InvalidInput(at + name, "there is no such member");
            }
        }
    }

    static @Nullable Boolean flag(JsonNode json, String member, String at) throws InvalidInput {
        JsonNode value = json.path(member);
        if (value.isMissingNode()) {
            return null;
        }
        if (!value.isBoolean()) {
            throw new InvalidInput(at + member, "true or false is expected");
        }
        return value.asBoolean();
    }

    /** A whole number, 0 or more. */
    static @Nullable Integer number(JsonNode json, String member, String at) throws InvalidInput {
        JsonNode value = json.path(member);
        if (value.isMissingNode()) {
            return null;
        }
        if (!value.canConvertToInt() || !value.isIntegralNumber() || value.asInt() < 0) {
            throw new InvalidInput(at + member, "a whole number is expected, 0 or more");
        }
        return value.asInt();
    }

    static @Nullable String text(JsonNode json, String member, String at) throws InvalidInput {
        JsonNode value = json.path(member);
        if (value.isMissingNode()) {
            return null;
        }
        if (!value.isTextual() || value.asText().length() > MAX_TEXT) {
            throw new InvalidInput(at + member, "a text of at most " + MAX_TEXT + " characters is expected");
        }
        return value.asText().strip();
    }

    /** A list of texts, none of them empty, each of them once. */
    static @Nullable List<String> texts(JsonNode json, String member, String at, String expected) throws InvalidInput {
        JsonNode list = json.path(member);
        if (list.isMissingNode()) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode text : list) {
            texts.add(text.isTextual() ? text.asText().strip() : "");
        }
        if (!list.isArray() || texts.contains("")) {
            throw new InvalidInput(at + member, expected);
        }
        return texts.stream().distinct().toList();
    }
}
