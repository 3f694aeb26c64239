package io.github.keycloakmcp.rule.diagnosis;

import java.util.ArrayList;
import java.util.List;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.resource.ServerAccess;

/** What keeps one user from getting a token for an MCP server, each with the user, the server and the role. */
public final class UserChecks {

    private UserChecks() {}

    public static List<Finding> of(UserFacts user) {
        List<Finding> findings = new ArrayList<>();
        String name = Refusal.excerpt(user.name());
        if (!user.enabled()) {
            findings.add(Finding.error(
                    "user-disabled",
                    "the user " + name + " is disabled; every login and every refresh fails",
                    "Users → " + name + " → Enabled"));
        }
        if (user.locked()) {
            findings.add(Finding.error(
                    "user-locked",
                    "the user " + name + " is locked after too many failed logins",
                    "Users → " + name + " → Unlock, or wait until the lock expires"));
        }
        if (!user.actions().isEmpty()) {
            findings.add(Finding.warning(
                    "user-has-to-act",
                    "before a code is issued, the user " + name + " has to complete: "
                            + String.join(", ", user.actions()),
                    "let the user log in once with a browser, or remove the actions: Users → " + name
                            + " → Required user actions"));
        }
        user.access().forEach(access -> access(name, access, findings));
        if (!user.offlineAccess()) {
            findings.add(Finding.warning(
                    "user-without-offline-access",
                    "the user " + name + " does not have the role offline_access; clients that request offline_access "
                            + "are refused after login",
                    "assign the realm role offline_access to " + name + ", or to the default roles of the realm"));
        }
        return List.copyOf(findings);
    }

    /** For a user name that the realm does not have. */
    public static Finding unknown(String user) {
        return Finding.error(
                "user-unknown",
                "the realm has no user " + Refusal.excerpt(user),
                "check the spelling, or create the user");
    }

    private static void access(String name, ServerAccess access, List<Finding> findings) {
        if (access instanceof ServerAccess.Granted granted) {
            findings.add(Finding.info(
                    "user-has-access",
                    "the user " + name + " may use the MCP server "
                            + granted.server().uri(),
                    "nothing to do"));
        } else if (access instanceof ServerAccess.Denied denied && denied.role().isEmpty()) {
            findings.add(Finding.error(
                    "user-without-access",
                    "the login of " + name + " would be rejected: "
                            + denied.refusal().description(),
                    RefusalExplanations.of(denied.refusal().code()).fix()));
        } else if (access instanceof ServerAccess.Denied denied) {
            findings.add(Finding.error(
                    "user-without-role",
                    "the user " + name + " does not have the role " + denied.role() + ", which the MCP server "
                            + denied.server() + " or its client scope requires",
                    "Users → " + name + " → Role mapping → assign " + denied.role()
                            + "; if all users may use the server, remove the role from the scope (Client scopes → "
                            + "(scope) → Scope) or from the server's client (mcp.required-role)"));
        } else {
            findings.add(Finding.error(
                    "user-without-access",
                    "no client scope grants " + name + " access to an MCP server",
                    "declare the MCP server (POST …/mcp/servers), and assign its client scope to the client"));
        }
    }
}
