package io.github.keycloakmcp.platform;

import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;

/** An event of the present request, for a place where Keycloak has begun none. */
public final class OwnEvent {

    private OwnEvent() {}

    public static EventBuilder of(KeycloakSession session, EventType type) {
        return new EventBuilder(
                        session.getContext().getRealm(),
                        session,
                        session.getContext().getConnection())
                .event(type);
    }
}
