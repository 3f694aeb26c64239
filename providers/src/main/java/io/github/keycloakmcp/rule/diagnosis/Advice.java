package io.github.keycloakmcp.rule.diagnosis;

/** Advice that several findings give. */
final class Advice {

    /** The call that sets a realm up, whatever is missing. */
    static final String ENABLE = "PUT /admin/realms/{realm}/mcp; with ?dryRun=true it says what it would change";

    private Advice() {}
}
