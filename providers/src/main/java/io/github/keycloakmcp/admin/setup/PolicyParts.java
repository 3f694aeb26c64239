package io.github.keycloakmcp.admin.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.platform.ProviderIds;
import org.keycloak.util.JsonSerialization;

/**
 * Client profiles and client policies, between what set-up wants and what administrators have added. Executors, conditions
 * and profiles that are not this extension's stay wherever they are; a profile or policy that has only set-up's goes whole.
 *
 * @param wanted what the realm file wants
 * @param actual what the realm has
 */
record PolicyParts(List<Part> wanted, List<Part> actual) {

    private static final String EXECUTORS = "executors";
    private static final String EXECUTOR = "executor";
    private static final String PROFILES = "profiles";
    private static final String CONDITIONS = "conditions";

    /** What is wanted of a part, together with what an administrator has added to its lists. */
    static ObjectNode joined(Part there, Part wanted) {
        ObjectNode value = wanted.value().deepCopy();
        if (wanted.kind() == PartKind.CLIENT_PROFILE) {
            value.set(EXECUTORS, executors(list(there, EXECUTORS), list(wanted, EXECUTORS)));
        } else if (wanted.kind() == PartKind.CLIENT_POLICY) {
            List<JsonNode> profiles = list(there, PROFILES);
            list(wanted, PROFILES).stream()
                    .filter(profile -> !profiles.contains(profile))
                    .forEach(profiles::add);
            value.set(PROFILES, array(profiles));
        }
        return value;
    }

    /** The profile without what the server would no longer know; nothing, where there is nothing of it. */
    Optional<Change> withoutExecutors(Part profile) {
        if (isRemoved(profile)) {
            return Optional.of(new Change.Remove(profile));
        }
        return update(
                profile,
                EXECUTORS,
                executor ->
                        !ProviderIds.EXECUTORS.contains(executor.path(EXECUTOR).asText()));
    }

    /** The policy without the condition that the server would no longer know, and without a profile that goes. */
    Optional<Change> withoutConditions(Part policy) {
        Set<String> removed = actual.stream()
                .filter(part -> part.kind() == PartKind.CLIENT_PROFILE && isRemoved(part))
                .map(Part::name)
                .collect(Collectors.toUnmodifiableSet());
        if (policy.in(wanted).isPresent()
                && list(policy, PROFILES).stream().allMatch(profile -> removed.contains(profile.asText()))) {
            return Optional.of(new Change.Remove(policy));
        }
        Optional<Change> conditions = update(
                policy,
                CONDITIONS,
                condition -> !ProviderIds.CLIENT_CONDITION.equals(
                        condition.path("condition").asText()));
        Part narrowed =
                conditions.map(change -> ((Change.Update) change).after()).orElse(policy);
        return update(narrowed, PROFILES, profile -> !removed.contains(profile.asText()))
                .map(change -> (Change) new Change.Update(policy, ((Change.Update) change).after()))
                .or(() -> conditions);
    }

    private boolean isRemoved(Part profile) {
        return profile.in(wanted)
                .filter(file -> Managed.executors(file).containsAll(Managed.executors(profile)))
                .isPresent();
    }

    private static Optional<Change> update(Part part, String list, Predicate<JsonNode> stays) {
        List<JsonNode> before = list(part, list);
        List<JsonNode> kept = before.stream().filter(stays).toList();
        if (kept.size() == before.size()) {
            return Optional.empty();
        }
        ObjectNode rest = JsonSerialization.mapper.createObjectNode();
        rest.set(list, array(kept));
        return Optional.of(new Change.Update(part, part.overlaidWith(rest)));
    }

    /** Executors that are there stay in their order; where one is missing, the wanted order counts and the last stays last. */
    private static ArrayNode executors(List<JsonNode> there, List<JsonNode> wanted) {
        List<JsonNode> others =
                there.stream().filter(one -> find(wanted, one).isEmpty()).toList();
        boolean complete = wanted.stream().allMatch(one -> find(there, one).isPresent());
        List<JsonNode> joined = new ArrayList<>();
        if (complete) {
            there.forEach(one -> joined.add(find(wanted, one).orElse(one)));
        } else {
            joined.addAll(wanted);
            joined.addAll(Math.max(0, wanted.size() - 1), others);
        }
        return array(joined.stream()
                .map(one -> find(there, one)
                        .<JsonNode>map(before -> JsonMerge.overlaid((ObjectNode) before, (ObjectNode) one))
                        .orElse(one))
                .toList());
    }

    private static Optional<JsonNode> find(List<JsonNode> executors, JsonNode same) {
        return executors.stream()
                .filter(one -> one.path(EXECUTOR).equals(same.path(EXECUTOR)))
                .findFirst();
    }

    private static List<JsonNode> list(Part part, String list) {
        return JsonMerge.elements(part.value().path(list)).collect(Collectors.toCollection(ArrayList::new));
    }

    private static ArrayNode array(List<JsonNode> elements) {
        return JsonSerialization.mapper.createArrayNode().addAll(elements);
    }
}
