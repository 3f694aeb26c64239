package io.github.keycloakmcp.platform;

import java.util.List;
import java.util.Map;

/** The settings of the mapper {@value ProviderIds#RESOURCE_AUDIENCE} that others read as well. */
public final class ServerSettings {

    public static final Setting<List<String>> SERVERS = Setting.uris(
            "mcp-servers",
            "MCP servers",
            "URIs of the MCP servers that this client scope grants access to, as each server checks it in the audience of a "
                    + "token, for example https://mcp.example.com/mcp.",
            "If empty, the scope grants access to no listed server.");

    public static final Setting<List<String>> PATTERNS = Setting.uris(
            "mcp-server-patterns",
            "MCP server patterns",
            "Patterns for a host with many MCP servers, for example https://gateway.example.com/{id}/mcp. {id} stands for one "
                    + "segment of the path. Each URI that matches is a server of its own: a token is for exactly the requested "
                    + "URI, and users consent to each one.",
            "If empty, only the listed servers exist.");

    public static final Setting<List<String>> PLAIN_HTTP = Setting.words(
            "plain-http-hosts",
            "Hosts with plain http",
            "Hosts of MCP servers that have a URI with http, for example mcp-server:8000 or tools.mcp.svc.cluster.local:8080. "
                    + "Tokens for them can be read in transit: only for a network that you trust. Users see a warning.",
            "If empty, http is accepted for loopback addresses only.");

    public static final Setting<Map<String, String>> ALIASES = Setting.pairs(
            "mcp-server-aliases",
            "Aliases",
            "Other URIs under which clients may request one of the servers. Enter the alias, a space and the URI of the "
                    + "server; the token names the server, not the alias.",
            "If empty, clients must use the URI of the server.");

    public static final Setting<Map<String, String>> NAMED = Setting.pairs(
            "additional-audiences",
            "Additional audiences",
            "Names that tokens for one of the servers carry in the audience beside its URI, for gateways that check a name "
                    + "and for servers that introspect with a client of another id. Enter the name, a space and the URI of "
                    + "the server. The client id of another MCP server is never added.",
            "If empty, tokens carry the URI of the server, and its client id if it has a client.");

    public static final Setting<Boolean> CLIENTS = Setting.flag(
            "include-clients",
            "Clients with a resource URL",
            "Adds the clients of this realm that have the attribute resource_url as MCP servers of this scope. The server "
                    + "option spi-client--jpa--searchable-attributes must list resource_url.",
            false);

    public static final Setting<Boolean> ADVERTISE = Setting.flag(
            "advertise-servers",
            "MCP servers in the metadata",
            "Lists the MCP servers as protected_resources in the realm's public metadata (RFC 9728), so that clients can "
                    + "check that a server and this realm belong together. Anyone on the network can read the list.",
            false);

    public static final Setting<Boolean> SERVER_SCOPE = Setting.flag(
            "server-scope",
            "Scope of these servers",
            "Makes this client scope one of the servers' own scopes, for example calendar:read. Tokens for other MCP servers "
                    + "never carry it; a request that names it for another server is rejected with invalid_scope. A token "
                    + "that carries it does not carry general scopes such as mcp:tools.",
            false);

    public static final Setting<Boolean> SENSITIVE = Setting.flag(
            "sensitive",
            "Sensitive scope",
            "Marks this client scope on the consent page, where it is not selected until the user selects it. Takes effect for a "
                    + "scope of these servers that the client requests.",
            false);

    public static final Setting<String> LOGIN_ACR = Setting.word(
            "login-acr",
            "Level of authentication",
            "Level of authentication that the login needs in which a user allows this scope: an ACR value of the realm's ACR to "
                    + "LoA mapping, or a number. The login flow must have this level. Grants without a login of the user get no "
                    + "such scope, except client credentials.",
            "If empty, any login is enough.");

    public static final Setting<Integer> LOGIN_MAX_AGE = Setting.number(
            "login-max-age",
            "Age of the login (seconds)",
            "Seconds after a login in which a user can allow this scope without logging in again. Grants without a login of the "
                    + "user get no such scope, except client credentials. 0 means any age.",
            0);

    private ServerSettings() {}
}
