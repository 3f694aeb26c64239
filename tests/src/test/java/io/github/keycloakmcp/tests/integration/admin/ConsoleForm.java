package io.github.keycloakmcp.tests.integration.admin;

import java.util.Collections;
import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.server.Json;

/**
 * A form of Keycloak's admin console (26.7), as its JavaScript fills and saves it when no one touches a field. It stores
 * every field that it shows:
 *
 * <ul>
 *   <li>a list as the default that the property names; a default that is no list as the one entry, so {@code [null]} where
 *       there is none. Of an empty list it shows neither a row nor a button to add one.
 *   <li>a choice as its default, or its first option; it cannot be left open.
 *   <li>a switch as its default; in a mapper that is edited, off.
 *   <li>a text or number as its default, or the empty text.
 * </ul>
 *
 * @param properties what the server says of the provider
 * @param mapper whether it is a mapper's form, which stores a list as one text
 */
record ConsoleForm(JsonNode properties, boolean mapper) {

    /** What the form stores of {@code stored} when it is opened and saved. */
    ObjectNode saved(JsonNode stored) {
        ObjectNode saved = stored.isObject() ? ((ObjectNode) stored).deepCopy() : Json.object();
        for (JsonNode property : properties) {
            String name = property.path("name").asText();
            if (!saved.has(name)) {
                saved.set(name, untouched(property));
            }
        }
        return saved;
    }

    /** The lists that the form shows without a row. */
    List<String> notEditable() {
        return StreamSupport.stream(properties.spliterator(), false)
                .filter(property -> type(property).equals("MultivaluedString"))
                .filter(property -> !mapper
                        && property.path("defaultValue").isArray()
                        && property.path("defaultValue").isEmpty())
                .map(property -> property.path("name").asText())
                .toList();
    }

    private JsonNode untouched(JsonNode property) {
        JsonNode standard = property.path("defaultValue");
        boolean none = standard.isMissingNode() || standard.isNull();
        return switch (type(property)) {
            case "MultivaluedString" ->
                mapper
                        ? Json.tree(String.join("##", Json.texts(standard)))
                        : standard.isArray() ? standard : Json.tree(Collections.singletonList(none ? null : standard));
            case "List" -> none ? property.path("options").path(0) : standard;
            case "boolean" -> mapper ? Json.tree(false) : standard;
            default -> none ? Json.tree("") : standard;
        };
    }

    private static String type(JsonNode property) {
        return property.path("type").asText();
    }
}
