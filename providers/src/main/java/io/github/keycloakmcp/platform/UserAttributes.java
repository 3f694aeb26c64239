package io.github.keycloakmcp.platform;

/** The attributes of users that the extension writes. */
public final class UserAttributes {

    /** Which MCP servers the user has approved for which clients. Who takes it away has the user asked again. */
    public static final String APPROVALS = "mcp.approvals";

    private UserAttributes() {}
}
