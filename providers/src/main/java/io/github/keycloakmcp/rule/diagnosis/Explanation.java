package io.github.keycloakmcp.rule.diagnosis;

import io.github.keycloakmcp.rule.diagnosis.Finding.Severity;

/**
 * What an administrator is told about one kind of refusal.
 *
 * @param severity how bad it is
 * @param what what happened
 * @param fix what to do about it
 */
record Explanation(Severity severity, String what, String fix) {

    static Explanation error(String what, String fix) {
        return new Explanation(Severity.ERROR, what, fix);
    }

    static Explanation warning(String what, String fix) {
        return new Explanation(Severity.WARNING, what, fix);
    }

    static Explanation info(String what, String fix) {
        return new Explanation(Severity.INFO, what, fix);
    }

    /** The explanation as a finding with this id. */
    Finding as(String id) {
        return new Finding(id, severity, what, fix);
    }
}
