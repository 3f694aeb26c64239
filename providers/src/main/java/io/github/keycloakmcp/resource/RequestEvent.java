package io.github.keycloakmcp.resource;

import java.util.List;

import io.github.keycloakmcp.platform.OwnEvent;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;

/** The event that Keycloak records the present request under, as far as it is known. */
final class RequestEvent {

    /** Detail of the event: the declared URIs of the MCP servers that a token is for, separated by blanks. */
    static final String MCP_RESOURCE = "mcp_resource";

    private static final String ATTRIBUTE = RequestEvent.class.getName();

    private RequestEvent() {}

    static void remember(KeycloakSession session, EventBuilder event) {
        session.setAttribute(ATTRIBUTE, event);
    }

    /** Notes which MCP servers the token of this request is for. */
    static void note(KeycloakSession session, List<String> resources) {
        if (session.getAttribute(ATTRIBUTE) instanceof EventBuilder event) {
            event.detail(MCP_RESOURCE, String.join(" ", resources));
        }
    }

    /** The event of this request, or one of our own where somebody else has taken the place from which we see it. */
    static EventBuilder of(KeycloakSession session) {
        return session.getAttribute(ATTRIBUTE) instanceof EventBuilder event
                ? event
                : OwnEvent.of(session, EventType.LOGIN);
    }
}
