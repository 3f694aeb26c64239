package io.github.keycloakmcp.platform;

import org.jboss.logging.Logger;

/**
 * The log lines of the extension. Each has a fixed number that is never reused. Invalid requests of clients are events, not
 * log lines; a log line means that an administrator has to act.
 */
public final class McpLog {

    private static final Logger LOG = Logger.getLogger("io.github.keycloakmcp");

    private McpLog() {}

    /** Reports a declared MCP server that is ignored, because its URI cannot be matched safely. */
    public static void serverLeftOut(String mapper, String reason) {
        LogFields.none()
                .log(
                        LOG,
                        Logger.Level.WARN,
                        null,
                        "KCMCP-0001: invalid MCP server ignored in mapper '%s': %s",
                        mapper,
                        reason);
    }

    /** Reports an entry of a setting that is ignored, because it is malformed or never allowed. */
    public static void invalidEntry(String provider, String problem) {
        LogFields.none()
                .log(LOG, Logger.Level.WARN, null, "KCMCP-0002: invalid entry ignored in %s: %s", provider, problem);
    }

    /** Reports a forced scope that does not exist in the realm, so that registration is refused. */
    public static void forcedScopeMissing(String realm, String scope) {
        LogFields.realm(realm)
                .log(
                        LOG,
                        Logger.Level.ERROR,
                        null,
                        "KCMCP-0003: realm '%s' has no client scope '%s', client registration fails",
                        realm,
                        scope);
    }

    /** Reports two clients with the same resource URL; the first by client id is used. */
    public static void sameResource(String realm, String resource) {
        LogFields.realm(realm)
                .log(
                        LOG,
                        Logger.Level.WARN,
                        null,
                        "KCMCP-0004: realm '%s' has more than one client with the resource URL %s",
                        realm,
                        resource);
    }

    /** A server option disables a provider without which no token for an MCP server can be issued. */
    public static void partDisabled(String provider) {
        LogFields.none()
                .log(
                        LOG,
                        Logger.Level.ERROR,
                        null,
                        "KCMCP-0006: provider '%s' is disabled on this server, requests for MCP servers are rejected in every realm",
                        provider);
    }

    /** Reports a server that has everything; one on which the tests of this version did not run is named so. */
    public static void hooksFit(String version, boolean tested) {
        LogFields.none()
                .log(
                        LOG,
                        Logger.Level.INFO,
                        null,
                        "KCMCP-0007: Keycloak %s has everything that this extension uses%s",
                        version,
                        tested ? "" : "; this version of the extension was not tested on it");
    }

    /** Reports that a server lacks what a part of this extension needs, or that another extension has taken its place. */
    public static void hooksDoNotFit(String version, String problems) {
        LogFields.none()
                .log(
                        LOG,
                        Logger.Level.ERROR,
                        null,
                        "KCMCP-0008: parts of this extension do not work on Keycloak %s: %s",
                        version,
                        problems);
    }

    /** Reports an approval that could not be stored, so that the user is asked once more. */
    public static void approvalNotKept(String realm, RuntimeException cause) {
        LogFields.realm(realm)
                .log(
                        LOG,
                        Logger.Level.WARN,
                        cause,
                        "KCMCP-0040: approval not stored in realm '%s'; the user is asked once more",
                        realm);
    }

    /** Reports a clean-up that found stale clients. */
    public static void cleanedUp(String realm, CleanUpReport report) {
        LogFields.realm(realm)
                .log(
                        LOG,
                        Logger.Level.INFO,
                        null,
                        "KCMCP-0030: realm '%s': %d self-registered clients checked: %d stale, %d removed, %d kept (active sessions), "
                                + "%d kept (disabled)%s",
                        realm,
                        report.clients(),
                        report.stale(),
                        report.removed(),
                        report.keptInSession(),
                        report.keptDisabled(),
                        report.complete() ? "" : "; time limit reached, continuing in the next run");
    }

    /** Reports a failed clean-up of a realm, or of all realms; the next run tries again. */
    public static void cleanUpFailed(String realm, Throwable reason) {
        LogFields.realm(realm).log(LOG, Logger.Level.WARN, reason, "KCMCP-0031: clean-up of realm '%s' failed", realm);
    }

    /** Reports a stale client that could not be removed; the next run tries again. */
    public static void notRemoved(String client, Throwable reason) {
        LogFields.none()
                .client(client)
                .log(LOG, Logger.Level.WARN, reason, "KCMCP-0032: stale client %s could not be removed", client);
    }

    /** Reports that the clients of a realm could not be counted after a clean-up, so that its metrics keep earlier numbers. */
    public static void notCounted(String realm, Throwable reason) {
        LogFields.realm(realm)
                .log(
                        LOG,
                        Logger.Level.WARN,
                        reason,
                        "KCMCP-0034: clients of realm '%s' could not be counted after the clean-up; metrics keep the earlier numbers",
                        realm);
    }

    /** Reports clients that an administrator could not remove; the response names them. */
    public static void clientsNotRemoved(String realm, Throwable reason) {
        LogFields.realm(realm)
                .log(
                        LOG,
                        Logger.Level.WARN,
                        reason,
                        "KCMCP-0050: in realm '%s' clients could not be removed; the answer names them",
                        realm);
    }

    /** Reports a last use that could not be stored; the next use is stored again. */
    public static void useNotNoted(String realm, String client, Throwable reason) {
        LogFields.realm(realm)
                .client(client)
                .log(
                        LOG,
                        Logger.Level.WARN,
                        reason,
                        "KCMCP-0033: realm '%s': last use of client '%s' could not be stored",
                        realm,
                        client);
    }

    /** Reports an entry of a setting for metadata documents that is ignored, because it is malformed. */
    public static void invalidDocumentEntry(String provider, String problem) {
        LogFields.none()
                .log(LOG, Logger.Level.WARN, null, "KCMCP-0060: invalid entry ignored in %s: %s", provider, problem);
    }

    /** Reports an outgoing proxy that cannot be read, so that requests to its hosts fail; they would go around the proxy otherwise. */
    public static void proxyUnreadable(String problem) {
        LogFields.none()
                .log(
                        LOG,
                        Logger.Level.ERROR,
                        null,
                        "KCMCP-0061: %s; metadata documents that need this proxy cannot be loaded",
                        problem);
    }

    /** Reports a setting that is stored where it has no effect, because the registration policy decides. */
    public static void settingIgnored(String provider, String setting) {
        LogFields.none()
                .log(
                        LOG,
                        Logger.Level.WARN,
                        null,
                        "KCMCP-0005: setting %s of %s has no effect, set it on the registration policy instead",
                        setting,
                        provider);
    }
}
