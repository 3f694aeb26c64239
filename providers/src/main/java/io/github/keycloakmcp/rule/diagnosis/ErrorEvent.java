package io.github.keycloakmcp.rule.diagnosis;

import java.util.stream.Stream;

/**
 * An error event as Keycloak records it.
 *
 * @param type the event type
 * @param error the error code
 * @param reason what the event says beyond that
 */
public record ErrorEvent(String type, String error, String reason) {

    boolean isOf(String eventType) {
        return type.equals(eventType);
    }

    boolean is(String code) {
        return error.equals(code);
    }

    boolean says(String... words) {
        return Stream.of(words).anyMatch(reason::contains);
    }
}
