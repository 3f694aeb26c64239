package io.github.keycloakmcp.admin.setup;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One thing of a realm that has to do with MCP, as a value: what the realm file wants or what a realm has.
 *
 * @param kind what it is
 * @param name what it is called among its kind; a mapper is named by its client scope, a registration policy by the
 *     requests it judges and its provider
 * @param id Keycloak's internal id; empty where it does not exist yet
 * @param value its representation, as Admin REST shows it
 */
public record Part(PartKind kind, String name, String id, ObjectNode value) {

    /** Something that is wanted. */
    static Part wanted(PartKind kind, String name, ObjectNode value) {
        return new Part(kind, name, "", value);
    }

    /** The same part as it is among others. */
    Optional<Part> in(List<Part> parts) {
        return parts.stream()
                .filter(part -> kind == part.kind && name.equals(part.name))
                .findFirst();
    }

    boolean equalsValueOf(Part other) {
        return value.equals(other.value);
    }

    public String text(String member) {
        return value.path(member).asText();
    }

    /** This part as it is after {@code wanted} was written over it. */
    Part overlaidWith(ObjectNode wanted) {
        return new Part(kind, name, id, JsonMerge.overlaid(value, wanted));
    }
}
