package io.github.keycloakmcp.tests.cost;

import java.util.Locale;
import java.util.Optional;

import io.github.keycloakmcp.tests.server.McpRealm;

/** The requests of an administrator's day, as the admin page sends them. */
public enum AdminRequest {
    STATUS("/mcp", ""),
    SERVERS_PAGE("/mcp/servers?max=20", ""),
    CLIENTS_PAGE("/mcp/clients?max=20", "/clients?max=20"),
    CLIENTS_BY_NAME("/mcp/clients?max=20&search=Filler", "/clients?max=20&search=true&clientId=Filler"),
    CLIENTS_BY_UNKNOWN_NAME(
            "/mcp/clients?max=20&search=no-such-client", "/clients?max=20&search=true&clientId=no-such-client"),
    DIAGNOSIS("/mcp/diagnosis", "");

    private final String path;
    private final String keycloaks;

    AdminRequest(String path, String keycloaks) {
        this.path = path;
        this.keycloaks = keycloaks;
    }

    /** Sends the request of Keycloak's own that is nearest to it, where there is one. */
    public Optional<LifeRequest.Sender> keycloaks(McpRealm realm) {
        return keycloaks.isEmpty() ? Optional.empty() : Optional.of(() -> realm.read(keycloaks));
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
