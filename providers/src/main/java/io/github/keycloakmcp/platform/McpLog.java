package io.github.keycloakmcp.platform;

import org.jboss.logging.Logger;

/**
 * What the extension says to operators, each line with a fixed number that is never reused. What clients do wrong is an
 * event, not a log line; a log line means that somebody has to change a setting.
 */
public final class McpLog {

    private static final Logger LOG = Logger.getLogger("io.github.keycloakmcp");

    private McpLog() {}

    /** A declared MCP server is left out because its URI cannot be matched safely. */
    public static void serverLeftOut(String mapper, String reason) {
        LOG.warnf("KCMCP-0001: mapper '%s' declares an MCP server that is left out: %s", mapper, reason);
    }

    /** A trusted host of the registration policy is left out because it is malformed. */
    public static void hostLeftOut(String policy, String reason) {
        LOG.warnf("KCMCP-0002: registration policy '%s' lists a host that is left out: %s", policy, reason);
    }

    /** A scope that every client must get does not exist in the realm, so registration is refused. */
    public static void forcedScopeMissing(String realm, String scope) {
        LOG.errorf("KCMCP-0003: realm '%s' has no client scope '%s', nobody can register", realm, scope);
    }

    /** Two clients declare the same resource URL; the first by client id counts. */
    public static void sameResource(String realm, String resource) {
        LOG.warnf("KCMCP-0004: in realm '%s' more than one client has the resource URL %s", realm, resource);
    }

    /** A user approved an MCP server, but the user's storage keeps no attributes, so the user is asked every time. */
    public static void approvalNotKept(String realm) {
        LOG.warnf("KCMCP-0040: realm '%s' has users whose storage is read-only, they consent at every login", realm);
    }

    /** A realm was cleaned up, and there was something to do. */
    public static void cleanedUp(String realm, CleanUpReport report) {
        LOG.infof(
                "KCMCP-0030: realm '%s': of %d clients that came by themselves %d are stale, %d removed; kept though "
                        + "unused: %d with sessions, %d disabled%s",
                realm,
                report.clients(),
                report.stale(),
                report.removed(),
                report.keptInSession(),
                report.keptDisabled(),
                report.complete() ? "" : "; more next time");
    }

    /** A realm, or all of them, could not be cleaned up; the next run tries again. */
    public static void cleanUpFailed(String realm, Throwable reason) {
        LOG.warnf(reason, "KCMCP-0031: the clean-up of realm '%s' failed", realm);
    }

    /** A stale client could not be removed; the next run tries again. */
    public static void notRemoved(String client, Throwable reason) {
        LOG.warnf(reason, "KCMCP-0032: the stale client %s could not be removed", client);
    }

    /** The last use of a client could not be written; the next use is written again. */
    public static void useNotNoted(String realm, String client, Throwable reason) {
        LOG.warnf(reason, "KCMCP-0033: in realm '%s' the use of client '%s' could not be noted", realm, client);
    }

    /** A host of the setting document-hosts is left out because it is malformed. */
    public static void documentHostLeftOut(String host) {
        LOG.warnf("KCMCP-0060: the setting document-hosts lists what is no host name or *.domain: %s", host);
    }
}
