package io.github.keycloakmcp.platform;

/** What the extension keeps with a device code, from the device's request until it comes for its token. */
public final class DeviceCodes {

    /** The declared URI of the MCP server that the user is asked to approve. */
    public static final String RESOURCE = "mcp_resource";

    private DeviceCodes() {}
}
