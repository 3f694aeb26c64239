package io.github.keycloakmcp.platform;

/** Details that the extension adds to Keycloak's events, and that one capability reads of another. */
public final class EventDetails {

    /** On a registration: the client was there already. */
    public static final String SHARED = "mcp_shared";

    private EventDetails() {}
}
