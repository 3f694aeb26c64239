package io.github.keycloakmcp.platform;

import java.util.List;

/** The settings of the mapper {@value ProviderIds#RESOURCE_AUDIENCE} that others read as well. */
public final class ServerSettings {

    public static final Setting<List<String>> SERVERS = Setting.uris(
            "mcp-servers",
            "MCP servers",
            "URI of each MCP server that this client scope opens, as the server itself checks it in the audience of a "
                    + "token, for example https://mcp.example.com/mcp. A client can get a token for these servers only.");

    public static final Setting<Boolean> ADVERTISE = Setting.flag(
            "advertise-servers",
            "Name the servers in the metadata",
            "The realm's public metadata lists the MCP servers above as protected_resources (RFC 9728), so that clients can "
                    + "check that a server and this realm belong together. Everybody on the network can read the list.",
            false);

    private ServerSettings() {}
}
