package io.github.keycloakmcp.admin.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.keycloak.util.JsonSerialization;

/** What the declaration of an MCP server has changed, in order. */
final class ServerChanges {

    private final List<ObjectNode> changes = new ArrayList<>();

    List<ObjectNode> made() {
        return List.copyOf(changes);
    }

    /** Adds a change, to which more can be said. */
    ObjectNode add(String action, String kind, String name) {
        ObjectNode change = JsonSerialization.mapper
                .createObjectNode()
                .put("action", action)
                .put("kind", kind)
                .put("name", name);
        changes.add(change);
        return change;
    }

    /** Sets a value, if it was sent and is another one. */
    void set(
            String kind,
            String name,
            String member,
            @Nullable String before,
            @Nullable String after,
            Consumer<String> setter) {
        String known = before == null ? "" : before;
        if (after != null && !after.equals(known)) {
            add("update", kind, name).put("member", member).put("before", known).put("after", after);
            setter.accept(after);
        }
    }
}
