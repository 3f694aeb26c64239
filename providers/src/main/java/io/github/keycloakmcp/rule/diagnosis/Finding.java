package io.github.keycloakmcp.rule.diagnosis;

/**
 * Something that diagnosis has to say.
 *
 * @param id names the kind of finding; public API, the documentation explains each
 * @param severity how bad it is
 * @param what what is the matter, and what clients see of it
 * @param fix what to do, as precisely as it can be said
 */
public record Finding(String id, Severity severity, String what, String fix) {

    /** How bad a finding is. */
    public enum Severity {
        /** Clients fail. */
        ERROR,
        /** Clients may fail, or are less safe than they could be. */
        WARNING,
        /** Worth knowing. */
        INFO
    }

    static Finding error(String id, String what, String fix) {
        return new Finding(id, Severity.ERROR, what, fix);
    }

    static Finding warning(String id, String what, String fix) {
        return new Finding(id, Severity.WARNING, what, fix);
    }

    static Finding info(String id, String what, String fix) {
        return new Finding(id, Severity.INFO, what, fix);
    }
}
