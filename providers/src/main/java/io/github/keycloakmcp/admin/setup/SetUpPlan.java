package io.github.keycloakmcp.admin.setup;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;

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
        Managed managed = new Managed(actual);
        Stream<Change> made = wanted.stream().flatMap(part -> converge(part, part.in(actual), managed).stream());
        Stream<Change> aside =
                policies(actual).filter(SetAsidePolicies::refusesClients).map(Change.SetAside::new);
        return Stream.concat(made, aside).sorted(IN_ORDER).toList();
    }

    /**
     * What removes everything of this extension again.
     *
     * @param wanted what the realm file wants
     */
    static List<Change> disable(List<Part> wanted, List<Part> actual) {
        Managed managed = new Managed(actual);
        PolicyParts policies = new PolicyParts(wanted, actual);
        List<Change> changes = new ArrayList<>();
        for (Part part : actual) {
            switch (part.kind()) {
                case MARK, PROTOCOL_MAPPER, REQUIRED_ACTION, CLIENT -> changes.add(new Change.Remove(part));
                case LOGIN_THEME -> {
                    if (part.in(wanted).filter(part::equalsValueOf).isPresent()) {
                        changes.add(new Change.Remove(part));
                    }
                }
                case CLIENT_SCOPE -> {
                    if (managed.isOurScope(part)
                            && part.value().path("otherMappers").isEmpty()) {
                        changes.add(new Change.Remove(part));
                    }
                }
                case CLIENT_PROFILE -> policies.withoutExecutors(part).ifPresent(changes::add);
                case CLIENT_POLICY -> policies.withoutConditions(part).ifPresent(changes::add);
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
    private static Optional<Change> converge(Part wanted, Optional<Part> actual, Managed managed) {
        if (actual.isEmpty()) {
            return Optional.of(new Change.Create(wanted));
        }
        Part there = actual.get();
        boolean leave = wanted.kind() == PartKind.LOGIN_THEME
                || (wanted.kind() == PartKind.CLIENT_SCOPE && !managed.isOurScope(there));
        ObjectNode value = PolicyParts.joined(there, wanted);
        value.remove(CONDITIONS);
        return leave || JsonMerge.covers(there.value(), value)
                ? Optional.empty()
                : Optional.of(new Change.Update(there, there.overlaidWith(value)));
    }

    private static Stream<Part> policies(List<Part> parts) {
        return parts.stream().filter(part -> part.kind() == PartKind.REGISTRATION_POLICY);
    }
}
