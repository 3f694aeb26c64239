package io.github.keycloakmcp.admin.setup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.keycloak.util.JsonSerialization;

/**
 * What an administrator chooses for a realm: the small document of a set-up call. A member that is not named stays as it
 * is in the realm, or gets its default where the realm has nothing yet.
 *
 * @param values the chosen values by member
 */
public record SetUpDocument(Map<String, List<String>> values) {

    public SetUpDocument {
        values = Map.copyOf(values);
    }

    /** What the realm has now; members that it has nothing for are left out. */
    static SetUpDocument of(RealmFile file, List<Part> actual) {
        Map<String, List<String>> values = new HashMap<>();
        for (SetUpMember member : file.members()) {
            member.places().stream()
                    .map(place -> member.in(actual, place))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .ifPresent(found -> values.put(member.name(), found));
        }
        return new SetUpDocument(values);
    }

    /** This document, with {@code other} where that names something. */
    SetUpDocument with(SetUpDocument other) {
        Map<String, List<String>> both = new HashMap<>(values);
        both.putAll(other.values());
        return new SetUpDocument(both);
    }

    /** The same with another list for one member. */
    SetUpDocument with(String member, List<String> list) {
        return with(new SetUpDocument(Map.of(member, list)));
    }

    /** This document with every member named. */
    SetUpDocument orStandard(RealmFile file) {
        Map<String, List<String>> defaults = new HashMap<>();
        file.members().forEach(member -> defaults.put(member.name(), member.defaults()));
        return new SetUpDocument(defaults).with(this);
    }

    public List<String> list(String member) {
        return values.getOrDefault(member, List.of());
    }

    /** The parts of the realm file with these values in their placeholders. */
    List<Part> fill(RealmFile file) {
        Map<Part, Part> filled = new LinkedHashMap<>();
        for (Part part : file.parts()) {
            filled.put(part, Part.wanted(part.kind(), part.name(), part.value().deepCopy()));
        }
        SetUpDocument complete = orStandard(file);
        for (SetUpMember member : file.members()) {
            for (SetUpMember.Place place : member.places()) {
                filled.computeIfPresent(place.part(), (part, copy) -> {
                    member.write(copy.value(), place, complete.list(member.name()));
                    return copy;
                });
            }
        }
        return new ArrayList<>(filled.values());
    }

    /** How answers show it, and how it can be sent back. */
    ObjectNode json(RealmFile file) {
        ObjectNode json = JsonSerialization.mapper.createObjectNode();
        for (SetUpMember member : file.members()) {
            List<String> chosen = values.get(member.name());
            if (chosen != null) {
                String first = chosen.isEmpty() ? "" : chosen.get(0);
                switch (member.type()) {
                    case LIST -> {
                        ArrayNode array = json.putArray(member.name());
                        chosen.forEach(array::add);
                    }
                    case PAIRS -> {
                        ObjectNode object = json.putObject(member.name());
                        chosen.forEach(
                                pair -> object.put(pair.replaceFirst("\\s.*", ""), pair.replaceFirst("\\S+\\s+", "")));
                    }
                    case WORD -> json.put(member.name(), first);
                    case BOOLEAN -> json.put(member.name(), Boolean.parseBoolean(first));
                    case NUMBER -> json.put(member.name(), first.matches("\\d{1,9}") ? Integer.parseInt(first) : 0);
                }
            }
        }
        return json;
    }
}
