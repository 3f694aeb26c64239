package io.github.keycloakmcp.platform;

import io.github.keycloakmcp.rule.Refusal;
import org.keycloak.models.KeycloakSession;

/**
 * Limits the events that an unknown sender causes: the first refusal of a kind within a window is stored, the others are
 * only counted. Without it one sender writes hundreds of events a second into the database, each kept for days.
 */
public final class RefusalEvents {

    private static final String ATTRIBUTE = RefusalEvents.class.getName();

    private record Limit(String key, int seconds) {}

    private RefusalEvents() {}

    /**
     * Limits the events of this request.
     *
     * @param sender what is counted as one sender
     * @param seconds length of the window
     */
    public static void limit(KeycloakSession session, String sender, int seconds) {
        String realm = session.getContext().getRealm().getId();
        session.setAttribute(ATTRIBUTE, new Limit("mcp-refused:" + realm + ":" + sender + ":", seconds));
    }

    /** Tells whether the refusal is to be stored as an event, on whichever node of the cluster the last one was. */
    public static boolean isDue(KeycloakSession session, Refusal refusal) {
        Limit limit = session.getAttribute(ATTRIBUTE, Limit.class);
        return limit == null
                || new SharedMarks(session)
                        .putIfAbsent(limit.key() + refusal.code().word(), limit.seconds());
    }
}
