package io.github.keycloakmcp.admin.setup;

import java.util.Locale;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.platform.ManagedMark;
import org.keycloak.util.JsonSerialization;

/** One thing that set-up does to a realm; a dry run answers exactly the changes that the same call would make. */
public sealed interface Change {

    /** The part before the change, or after it where it is new. */
    Part part();

    /** A part of ours that is not there. */
    record Create(Part part) implements Change {}

    /** A part that is there and differs. */
    record Update(Part part, Part after) implements Change {}

    /** A part of ours that goes. */
    record Remove(Part part) implements Change {}

    /** A registration policy that would refuse MCP clients. It stays in the realm, but Keycloak asks it no more. */
    record SetAside(Part part) implements Change {}

    /** A registration policy that was set aside and counts again, exactly as it was. */
    record Restore(Part part) implements Change {}

    /** Whether it only marks what an older version made; the realm works without it. */
    default boolean isOnlyMark() {
        if (this instanceof Update update && part().kind() == PartKind.CLIENT_SCOPE) {
            return withoutMark(update.after()).equals(withoutMark(part()));
        }
        return part().kind() == PartKind.MARK;
    }

    private static ObjectNode withoutMark(Part scope) {
        ObjectNode value = scope.value().deepCopy();
        value.withObject("/attributes").remove(ManagedMark.ATTRIBUTE);
        return value;
    }

    /** How answers and admin events show it. */
    default ObjectNode json() {
        ObjectNode json = JsonSerialization.mapper.createObjectNode();
        json.put(
                "action",
                getClass()
                        .getSimpleName()
                        .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                        .toLowerCase(Locale.ROOT));
        json.put("kind", part().kind().label());
        json.put("name", part().name());
        if (this instanceof Create) {
            json.set("after", part().value());
        } else {
            json.set("before", part().value());
        }
        if (this instanceof Update update) {
            json.set("after", update.after().value());
        }
        return json;
    }
}
