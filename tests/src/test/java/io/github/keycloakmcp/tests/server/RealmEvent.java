package io.github.keycloakmcp.tests.server;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A saved event of a realm.
 *
 * @param time when, in milliseconds
 * @param type for example {@code LOGIN} or {@code LOGIN_ERROR}
 * @param error the error of an error event
 * @param clientId the client, if any
 * @param userId the user, if any
 * @param details everything else that Keycloak noted
 */
public record RealmEvent(
        long time,
        String type,
        Optional<String> error,
        Optional<String> clientId,
        Optional<String> userId,
        Map<String, String> details) {

    static RealmEvent of(JsonNode json) {
        return new RealmEvent(
                json.path("time").asLong(),
                json.path("type").asText(),
                text(json, "error"),
                text(json, "clientId"),
                text(json, "userId"),
                json.path("details").properties().stream()
                        .collect(Collectors.toUnmodifiableMap(
                                Map.Entry::getKey, entry -> entry.getValue().asText())));
    }

    /** Reads the array that Admin REST answers. */
    static List<RealmEvent> all(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(RealmEvent::of)
                .toList();
    }

    private static Optional<String> text(JsonNode json, String name) {
        return Optional.ofNullable(json.path(name).textValue());
    }
}
