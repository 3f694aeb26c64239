package io.github.keycloakmcp.admin.setup;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.keycloak.util.JsonSerialization;

/**
 * What has to change in a realm: the pure part of set-up, from what is wanted and what is there to a list of changes. A
 * realm that is as wanted needs none, so doing it twice is doing it once.
 */
final class SetUpPlan {

    /** Whom a policy that is there applies to is the administrator's decision, and every client of a realm made for MCP. */
    private static final String CONDITIONS = "conditions";

    private static final Comparator<Change> IN_ORDER =
            Comparator.comparing(change -> change.part().kind());

    private SetUpPlan() {}

    /** What makes {@code actual} a realm with everything that is wanted. */
    static List<Change> enable(List<Part> wanted, List<Part> actual) {
        Stream<Change> ours = wanted.stream().flatMap(part -> converge(part, find(actual, part)).stream());
        Stream<Change> aside =
                policies(actual).filter(SetAsidePolicies::refusesClients).map(Change.SetAside::new);
        return Stream.concat(ours, aside).sorted(IN_ORDER).toList();
    }

    /**
     * What takes everything of ours out again.
     *
     * @param wanted what the realm file wants; tells a client scope of ours from one that was there before
     */
    static List<Change> disable(List<Part> wanted, List<Part> actual) {
        List<Change> changes = new ArrayList<>();
        for (Part part : actual) {
            switch (part.kind()) {
                case PROTOCOL_MAPPER, REQUIRED_ACTION, CLIENT -> changes.add(new Change.Remove(part));
                case LOGIN_THEME -> {
                    if (find(wanted, part).filter(part::equalsValueOf).isPresent()) {
                        changes.add(new Change.Remove(part));
                    }
                }
                case CLIENT_SCOPE -> {
                    if (isOurs(part, find(wanted, part))
                            && part.value().path("otherMappers").isEmpty()) {
                        changes.add(new Change.Remove(part));
                    }
                }
                case CLIENT_PROFILE ->
                    without(part, find(wanted, part), "executors", "executor").ifPresent(changes::add);
                case CLIENT_POLICY ->
                    without(part, find(wanted, part), CONDITIONS, "condition").ifPresent(changes::add);
                case REGISTRATION_POLICY -> {
                    if (SetAsidePolicies.isOurs(part)) {
                        changes.add(new Change.Remove(part));
                    } else if (SetAsidePolicies.isSetAside(part)) {
                        changes.add(new Change.Restore(part));
                    }
                }
            }
        }
        if (!changes.isEmpty()) {
            ClosedRegistration.unlessClosed(actual).ifPresent(changes::add);
        }
        changes.sort(IN_ORDER.reversed());
        return List.copyOf(changes);
    }

    /** A client scope and a theme that were there before are left as they are. */
    private static Optional<Change> converge(Part wanted, Optional<Part> actual) {
        if (actual.isEmpty()) {
            return Optional.of(new Change.Create(wanted));
        }
        Part there = actual.get();
        ObjectNode value = wanted.value().deepCopy();
        value.remove(CONDITIONS);
        boolean leave = wanted.kind() == PartKind.LOGIN_THEME
                || (wanted.kind() == PartKind.CLIENT_SCOPE && !isOurs(there, Optional.of(wanted)));
        return leave || JsonMerge.covers(there.value(), value)
                ? Optional.empty()
                : Optional.of(new Change.Update(there, there.overlaidWith(value)));
    }

    /** A client scope that was there before keeps everything; only the mapper is added to it. */
    private static boolean isOurs(Part scope, Optional<Part> wanted) {
        return wanted.filter(part -> part.text("description").equals(scope.text("description")))
                .isPresent();
    }

    /** Ours goes as a whole; from others only what the server would no longer know goes. */
    private static Optional<Change> without(Part part, Optional<Part> ours, String list, String idMember) {
        if (ours.isPresent()) {
            return Optional.of(new Change.Remove(part));
        }
        ArrayNode kept = JsonSerialization.mapper.createArrayNode();
        JsonMerge.elements(part.value().path(list))
                .filter(element -> !element.path(idMember).asText().startsWith("mcp-"))
                .forEach(kept::add);
        if (kept.size() == part.value().path(list).size()) {
            return Optional.empty();
        }
        ObjectNode rest = JsonSerialization.mapper.createObjectNode();
        rest.set(list, kept);
        return Optional.of(new Change.Update(part, part.overlaidWith(rest)));
    }

    private static Stream<Part> policies(List<Part> parts) {
        return parts.stream().filter(part -> part.kind() == PartKind.REGISTRATION_POLICY);
    }

    static Optional<Part> find(List<Part> parts, Part same) {
        return parts.stream().filter(same::isSameAs).findFirst();
    }
}
