package io.github.keycloakmcp.platform;

import java.util.List;
import java.util.Optional;

import io.github.keycloakmcp.rule.Refusal;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;

/** Finds the event under which Keycloak records the present request, as far as it is known. */
public final class RequestEvent {

    /** Detail of the event: the declared URIs of the MCP servers that a token is for, separated by blanks. */
    public static final String MCP_RESOURCE = "mcp_resource";

    private static final String ATTRIBUTE = RequestEvent.class.getName();

    private RequestEvent() {}

    public static void remember(KeycloakSession session, EventBuilder event) {
        session.setAttribute(ATTRIBUTE, event);
    }

    /** Notes which MCP servers the token of this request is for. */
    public static void note(KeycloakSession session, List<String> resources) {
        current(session).ifPresent(event -> event.detail(MCP_RESOURCE, String.join(" ", resources)));
    }

    /** Notes which clients act for the user of the token, the present one first. */
    public static void noteActors(KeycloakSession session, List<String> actors) {
        current(session).ifPresent(event -> event.detail(EventDetails.ACTORS, String.join(" ", actors)));
    }

    /** Notes why this request is refused. */
    static void note(KeycloakSession session, Refusal refusal) {
        current(session)
                .ifPresent(event ->
                        event.detail(EventDetails.REFUSAL, refusal.code().word()));
    }

    /** The event of this request, or one of our own where another extension has replaced the provider through which we see it. */
    public static EventBuilder of(KeycloakSession session) {
        return current(session).orElseGet(() -> OwnEvent.of(session, EventType.LOGIN));
    }

    private static Optional<EventBuilder> current(KeycloakSession session) {
        return Optional.ofNullable(session.getAttribute(ATTRIBUTE, EventBuilder.class));
    }
}
