package io.github.keycloakmcp.admin.setup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.keycloak.models.Constants;

/**
 * One member of the set-up document. Each is a placeholder of the realm file, so {@code MCP_TRUSTED_HOSTS} in the
 * environment of an import and {@code trustedHosts} in a document are the same thing.
 *
 * @param name the member
 * @param type how it is written in JSON
 * @param defaults its values where the document names none
 * @param places where it goes
 */
record SetUpMember(String name, Type type, List<String> defaults, List<Place> places) {

    /** How a member is written in JSON. */
    enum Type {
        LIST,
        /** An object of texts; the setting has each member as two words. */
        PAIRS,
        WORD,
        NUMBER,
        BOOLEAN
    }

    /**
     * A place in a part.
     *
     * @param part the part of the realm file
     * @param path the names that lead to the value
     */
    record Place(Part part, List<String> path) {

        /** The key of the setting. */
        String key() {
            return path.get(path.size() - 1);
        }

        /** The id of the provider that reads it. */
        String provider() {
            return switch (part.kind()) {
                case PROTOCOL_MAPPER -> part.text("protocolMapper");
                case CLIENT_PROFILE -> path.get(1);
                default -> part.text("providerId");
            };
        }
    }

    private static final String EXECUTOR = "executor";

    /** The members that give a server other names. */
    private static final Set<String> PAIRS = Set.of("aliases", "additionalAudiences");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{MCP_([A-Z0-9_]+):([^}]*)}");

    /** All members, in the order of the file. */
    static List<SetUpMember> in(List<Part> parts) {
        Map<String, SetUpMember> members = new LinkedHashMap<>();
        for (Part part : parts) {
            collect(part, part.value(), List.of(), members);
        }
        return List.copyOf(members.values());
    }

    /**
     * The values that {@code actual} has, or nothing where it has no such part, or where an older version wrote the part
     * without this setting. Keycloak does not keep empty lists, so a list that is missing is empty.
     */
    Optional<List<String>> in(List<Part> actual, Place place) {
        return place.part()
                .in(actual)
                .filter(part -> type == Type.LIST
                        || type == Type.PAIRS
                        || !node(part, place).isMissingNode())
                .map(part -> read(part, place));
    }

    /** The values in {@code part}, which is of the kind that {@code place} is in. */
    List<String> read(Part part, Place place) {
        JsonNode node = node(part, place);
        return node.isArray()
                ? JsonMerge.elements(node)
                        .map(JsonNode::asText)
                        .flatMap(text -> split(text).stream())
                        .toList()
                : split(node.asText());
    }

    /** Writes {@code values} into a copy of the part at {@code place}. */
    void write(ObjectNode value, Place place, List<String> values) {
        JsonNode at = value;
        for (String step : place.path().subList(0, place.path().size() - 1)) {
            at = step(at, step);
        }
        ObjectNode parent = (ObjectNode) at;
        if (parent.get(place.key()) instanceof ArrayNode) {
            ArrayNode array = parent.putArray(place.key());
            values.forEach(array::add);
        } else {
            parent.put(place.key(), String.join(Constants.CFG_DELIMITER, values));
        }
    }

    private static JsonNode node(Part part, Place place) {
        JsonNode node = part.value();
        for (String step : place.path()) {
            node = step(node, step);
        }
        return node;
    }

    /** The member of an object, or of a list of executors the one with that id, wherever in the list it stands. */
    private static JsonNode step(JsonNode node, String step) {
        return node.isArray()
                ? JsonMerge.elements(node)
                        .filter(element -> step.equals(element.path(EXECUTOR).asText()))
                        .findFirst()
                        .orElseGet(MissingNode::getInstance)
                : node.path(step);
    }

    private List<String> split(String text) {
        return split(text, type);
    }

    private static void collect(Part part, JsonNode node, List<String> path, Map<String, SetUpMember> members) {
        if (node.isObject()) {
            node.properties()
                    .forEach(member -> collect(part, member.getValue(), below(path, member.getKey()), members));
            return;
        }
        if (node.path(0).has(EXECUTOR)) {
            node.forEach(executor ->
                    collect(part, executor, below(path, executor.path(EXECUTOR).asText()), members));
            return;
        }
        Matcher placeholder = PLACEHOLDER.matcher(node.isArray() ? node.path(0).asText() : node.asText());
        if (placeholder.matches()) {
            String name = camelCase(placeholder.group(1));
            Type type = type(name, placeholder.group(2));
            SetUpMember member = members.computeIfAbsent(
                    name, key -> new SetUpMember(key, type, split(placeholder.group(2), type), new ArrayList<>()));
            member.places().add(new Place(part, path));
        }
    }

    private static List<String> below(List<String> path, String step) {
        List<String> deeper = new ArrayList<>(path);
        deeper.add(step);
        return List.copyOf(deeper);
    }

    private static List<String> split(String text, Type type) {
        if (type == Type.PAIRS) {
            return Arrays.stream(text.split(Constants.CFG_DELIMITER))
                    .map(String::strip)
                    .filter(pair -> !pair.isEmpty())
                    .toList();
        }
        return type == Type.LIST
                ? Arrays.stream(text.split(Constants.CFG_DELIMITER + "|\\s"))
                        .filter(word -> !word.isEmpty())
                        .toList()
                : List.of(text);
    }

    private static Type type(String name, String defaults) {
        if (defaults.equals("true") || defaults.equals("false")) {
            return Type.BOOLEAN;
        }
        if (defaults.matches("\\d+")) {
            return Type.NUMBER;
        }
        return PAIRS.contains(name) ? Type.PAIRS : name.endsWith("s") ? Type.LIST : Type.WORD;
    }

    private static String camelCase(String constant) {
        String[] words = constant.toLowerCase(Locale.ROOT).split("_");
        StringBuilder name = new StringBuilder(words[0]);
        for (String word : Arrays.asList(words).subList(1, words.length)) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return name.toString();
    }
}
