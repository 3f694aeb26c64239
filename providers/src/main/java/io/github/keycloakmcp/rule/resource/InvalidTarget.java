package io.github.keycloakmcp.rule.resource;

import io.github.keycloakmcp.rule.Refusal;

/** Makes the one error that everything about resources is refused with. */
final class InvalidTarget {

    private static final String ERROR = "invalid_target";
    private static final String SECTION = "RFC 8707 section 2";

    private InvalidTarget() {}

    static Refusal because(String description, String hint) {
        return new Refusal(ERROR, description, hint, SECTION);
    }
}
