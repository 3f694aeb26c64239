package io.github.keycloakmcp.tests.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The shipped realm file with overlays merged in. Placeholders ({@code ${NAME:default}}) stay as they are until
 * {@link #resolved}, as Keycloak itself resolves them only when it imports.
 */
public final class RealmTemplate {

    /** All tests of a run are one sender, which would be too many registrations for almost any of them. */
    private static final Map<String, String> TESTS =
            Map.of("MCP_REGISTRATIONS_PER_SENDER", "0", "MCP_REGISTRATIONS_PER_REALM", "0");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z0-9_.-]+)(?::([^}]*))?}");

    private final ObjectNode realm;

    private RealmTemplate(ObjectNode realm) {
        this.realm = realm;
    }

    /** Reads {@code mcp-realm.json} of the folder and, if asked, every file of its {@code demo} sub-folder. */
    public static RealmTemplate read(Path folder, boolean demo) {
        RealmTemplate template = new RealmTemplate(object(folder.resolve("mcp-realm.json")));
        if (demo) {
            try (Stream<Path> files = Files.list(folder.resolve("demo"))) {
                files.filter(file -> file.toString().endsWith(".json"))
                        .sorted()
                        .forEach(file -> merge(template.realm, object(file)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return template;
    }

    /** A template from a document at hand. */
    public static RealmTemplate of(String json) {
        return new RealmTemplate(Json.parseObject(json));
    }

    /** Merges one more document: arrays are joined, objects merged, plain values replaced. */
    public RealmTemplate with(JsonNode overlay) {
        ObjectNode copy = realm.deepCopy();
        merge(copy, overlay);
        return new RealmTemplate(copy);
    }

    /** The document with its placeholders. */
    public ObjectNode document() {
        return realm.deepCopy();
    }

    /**
     * The document as Keycloak would import it: given values first, then the default in the placeholder, but without a
     * limit on the rate of registrations; a placeholder with neither is kept, because Keycloak's own message keys look the
     * same.
     */
    public ObjectNode resolved(Map<String, String> values) {
        Matcher matcher = PLACEHOLDER.matcher(realm.toString());
        return Json.parseObject(matcher.replaceAll(found -> Matcher.quoteReplacement(value(found.group(), values))));
    }

    private static String value(String placeholder, Map<String, String> values) {
        Matcher matcher = PLACEHOLDER.matcher(placeholder);
        if (!matcher.matches()) {
            return placeholder;
        }
        String given = values.getOrDefault(matcher.group(1), TESTS.get(matcher.group(1)));
        if (given != null) {
            String quoted = Json.tree(given).toString();
            return quoted.substring(1, quoted.length() - 1);
        }
        String fallback = matcher.group(2);
        return fallback == null ? placeholder : fallback;
    }

    private static void merge(ObjectNode target, JsonNode overlay) {
        for (String name : overlay.properties().stream().map(Map.Entry::getKey).toList()) {
            JsonNode old = target.path(name);
            JsonNode more = overlay.path(name);
            if (old instanceof ArrayNode array && more.isArray()) {
                more.forEach(array::add);
            } else if (old instanceof ObjectNode object && more.isObject()) {
                merge(object, more);
            } else {
                target.set(name, more.deepCopy());
            }
        }
    }

    private static ObjectNode object(Path file) {
        try {
            return Json.parseObject(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** The names of all placeholders that have a default, for messages and documentation tests. */
    public List<String> placeholders() {
        return PLACEHOLDER
                .matcher(realm.toString())
                .results()
                .filter(found -> found.group(2) != null)
                .map(found -> found.group(1))
                .distinct()
                .toList();
    }
}
