package io.github.keycloakmcp.rule.resource;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;

/**
 * Makes the error for a user, or a machine client, without the role that an MCP server or its scope requires. RFC 6749
 * section 5.2 has no code for it; {@code access_denied} is the registered one that says it (RFC 6749 section 4.1.2.1, and at
 * the token endpoint RFC 8628 section 3.5).
 */
final class MissingRole {

    private static final String ERROR = "access_denied";
    private static final String SECTION = "RFC 6749 section 4.1.2.1";

    private MissingRole() {}

    /** The server's own client requires the role. */
    static Refusal ofServer(McpServer server) {
        return new Refusal(
                        RefusalCode.ROLE_MISSING,
                        ERROR,
                        "no access to the MCP server " + Refusal.excerpt(server.uri()) + ": a required role is missing",
                        "the required role of the MCP server is missing: "
                                + server.requiredRole().orElse(""),
                        SECTION)
                .lacking(server.requiredRole().orElse(""));
    }

    /** Every scope that opens the server requires a role. */
    static Refusal ofScope(McpServer server, String roles) {
        return new Refusal(
                        RefusalCode.ROLE_MISSING,
                        ERROR,
                        "no access to the MCP server " + Refusal.excerpt(server.uri()) + ": a required role is missing",
                        "a role of the client scope that opens the MCP server is missing: " + roles,
                        SECTION)
                .lacking(roles);
    }
}
