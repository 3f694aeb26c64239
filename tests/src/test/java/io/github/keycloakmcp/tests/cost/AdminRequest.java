package io.github.keycloakmcp.tests.cost;

import java.util.Locale;

import io.github.keycloakmcp.tests.server.McpRealm;

/** The requests of an administrator's day, as the admin page sends them. */
public enum AdminRequest {
    STATUS("/mcp"),
    SERVERS_PAGE("/mcp/servers?max=20"),
    CLIENTS_PAGE("/mcp/clients?max=20"),
    CLIENTS_BY_NAME("/mcp/clients?max=20&search=Filler"),
    CLIENTS_BY_UNKNOWN_NAME("/mcp/clients?max=20&search=no-such-client"),
    DIAGNOSIS("/mcp/diagnosis");

    private final String path;

    AdminRequest(String path) {
        this.path = path;
    }

    /** Sends the request for a realm again and again. */
    public LifeRequest.Sender sender(McpRealm realm) {
        return () -> realm.read(path);
    }

    /** What a report calls it. */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
