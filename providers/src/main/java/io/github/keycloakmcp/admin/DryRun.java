package io.github.keycloakmcp.admin;

import org.jspecify.annotations.Nullable;

/** The parameter {@code dryRun} of calls that change a realm. */
final class DryRun {

    private DryRun() {}

    /** Any value but {@code false} means a dry run; the other mistake would change a realm. */
    static boolean isMeant(@Nullable String parameter) {
        return parameter != null && !parameter.equalsIgnoreCase("false");
    }
}
