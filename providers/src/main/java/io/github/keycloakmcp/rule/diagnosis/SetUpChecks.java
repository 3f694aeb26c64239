package io.github.keycloakmcp.rule.diagnosis;

import java.util.ArrayList;
import java.util.List;

/** What an administrator should know about enabling a realm and leaving it, beside the changes. */
public final class SetUpChecks {

    private SetUpChecks() {}

    /**
     * Returns the warnings about a realm that is being enabled.
     *
     * @param ownTheme whether the realm has a login theme that set-up does not change
     * @param sessions what users of the realm get to see, and may
     * @param scopeKept whether the MCP scope was there before
     */
    public static List<Finding> enabling(boolean ownTheme, SessionFacts sessions, boolean scopeKept) {
        List<Finding> findings = new ArrayList<>();
        if (ownTheme && !sessions.consentPage()) {
            findings.add(SessionChecks.otherConsentPage());
        }
        if (!sessions.offlineAccess()) {
            findings.add(SessionChecks.noOfflineAccess());
        }
        if (scopeKept) {
            findings.add(Finding.warning(
                    "scope-kept",
                    "the client scope mcp:tools existed before: it gets the mapper and is otherwise unchanged, with its other "
                            + "mappers, its roles and the clients that have it",
                    "check its mappers and its Scope tab; rename it if it has nothing to do with MCP"));
        }
        return List.copyOf(findings);
    }

    /**
     * Returns the warnings about a realm that is being left.
     *
     * @param clients how many self-registered clients it has
     * @param scopeKept whether the MCP scope was there before, and stays
     */
    public static List<Finding> leaving(long clients, boolean scopeKept) {
        return clients == 0
                ? List.of()
                : List.of(
                        Finding.warning(
                                "clients-left",
                                clients + " self-registered clients stay in the realm"
                                        + (scopeKept ? ", with the client scope mcp:tools, which stays as well" : ""),
                                "to remove them: DELETE …/mcp/clients?vendor=… before leaving, or Clients in the admin console"));
    }
}
