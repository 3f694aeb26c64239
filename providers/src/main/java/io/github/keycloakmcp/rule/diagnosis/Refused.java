package io.github.keycloakmcp.rule.diagnosis;

import java.util.stream.Stream;

/**
 * A refusal as an event tells it.
 *
 * @param type the event type
 * @param error the error code
 * @param reason what the event says beyond that
 */
record Refused(String type, String error, String reason) {

    boolean is(String code) {
        return error.equals(code);
    }

    boolean says(String... words) {
        return Stream.of(words).anyMatch(reason::contains);
    }
}
