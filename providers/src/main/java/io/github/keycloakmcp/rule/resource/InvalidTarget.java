package io.github.keycloakmcp.rule.resource;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;

/** Makes the one error that everything about resources is refused with. */
final class InvalidTarget {

    private static final String ERROR = "invalid_target";
    private static final String SECTION = "RFC 8707 section 2";

    private InvalidTarget() {}

    static Refusal because(RefusalCode code, String description, String detail) {
        return new Refusal(code, ERROR, description, detail, SECTION);
    }
}
