package io.github.keycloakmcp.tests.realclients;

import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.McpRealm;

/**
 * A form of Keycloak's admin console, as the script {@code console.mjs} takes it, and where what it stores can be read.
 *
 * @param name the provider, or what else the form is about
 * @param stored the path below the realm whose answer holds everything that the form stores
 * @param json the form for the script
 */
record ConsoleForm(String name, String stored, ObjectNode json) {

    /** A form at an address below that of the realm in the console. */
    static ConsoleForm at(McpRealm realm, String path, String name, String stored) {
        return new ConsoleForm(name, stored, Json.object().put("path", "/" + realm.name() + path));
    }

    /** With a setting changed before it is saved. */
    ConsoleForm editing(String setting, String value) {
        ObjectNode copy = json.deepCopy();
        copy.putObject("edit").put("setting", setting).put("value", value);
        return new ConsoleForm(name, stored, copy);
    }

    /** Not saved: the first switch of a row is flipped twice. */
    ConsoleForm toggling(String row) {
        return new ConsoleForm(name, stored, json.deepCopy().put("toggle", row));
    }

    /** Not saved: the object is disabled in the head of the page. */
    ConsoleForm disabling() {
        return new ConsoleForm(name, stored, json.deepCopy().put("disable", true));
    }

    /** Not saved: the object is deleted with the menu Action in the head of the page. */
    ConsoleForm removing() {
        return new ConsoleForm(name, stored, json.deepCopy().put("remove", true));
    }

    /** With a picture of the form. */
    ConsoleForm photographed(String picture) {
        String file = Screenshots.named(picture).toAbsolutePath().toString();
        return new ConsoleForm(name, stored, json.deepCopy().put("shot", file));
    }

    /** Opens and saves the forms in order, in one Chromium, and returns what was seen at each. */
    static List<JsonNode> saveAll(McpRealm realm, List<ConsoleForm> forms) {
        String[] options = forms.stream().map(form -> "--form=" + form.json()).toArray(String[]::new);
        String[] all = Arrays.copyOf(options, options.length + 1);
        all[options.length] = "--console=" + realm.server().url() + "/admin/" + realm.name() + "/console/";
        return StreamSupport.stream(new NodeScript("console.mjs").run(all).spliterator(), false)
                .toList();
    }
}
