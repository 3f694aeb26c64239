package io.github.keycloakmcp.platform;

/** The attributes of users that the extension reads. */
public final class UserAttributes {

    /**
     * The MCP servers that the user has approved for which clients, as version 0.1 wrote them down. These approvals stay
     * valid; new ones are kept elsewhere, so that the attribute is never written again.
     */
    public static final String APPROVALS = "mcp.approvals";

    private UserAttributes() {}
}
