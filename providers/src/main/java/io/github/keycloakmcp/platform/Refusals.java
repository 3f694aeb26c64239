package io.github.keycloakmcp.platform;

import io.github.keycloakmcp.rule.Refusal;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.cors.Cors;

/** How a rule's refusal leaves the server: an error event for the administrator, an OAuth error for the client. */
public final class Refusals {

    private static final String ERROR = "_ERROR";

    private Refusals() {}

    /**
     * Records {@code refusal} and makes the answer for it: JSON with {@code error} and {@code error_description}, and
     * the CORS header without which a browser client sees no answer at all.
     *
     * <p>The event is stored at once, outside of the request's transaction, and what the request has written to the
     * database so far is taken back: a refused request changes nothing. Realms that keep no events get the refusal in the
     * server log, from Keycloak's own event listener.
     */
    public static CorsErrorResponseException refuse(KeycloakSession session, EventBuilder event, Refusal refusal) {
        record(session, event, refusal);
        return answer(session, refusal);
    }

    /**
     * The same for a refusal that no event can tell, because that would need what is missing: a connection to the database. The
     * metric counts it.
     */
    public static CorsErrorResponseException withoutEvent(KeycloakSession session, EventType type, Refusal refusal) {
        McpMetrics.refused(session.getContext().getRealm(), error(type), refusal);
        session.getTransactionManager().setRollbackOnly();
        return answer(session, refusal);
    }

    private static CorsErrorResponseException answer(KeycloakSession session, Refusal refusal) {
        Cors cors = Cors.builder();
        if (!refusal.retryAfter().isZero()) {
            cors.exposedHeaders(HttpHeaders.RETRY_AFTER);
            session.getContext()
                    .getHttpResponse()
                    .setHeader(
                            HttpHeaders.RETRY_AFTER,
                            Long.toString(refusal.retryAfter().toSeconds()));
        }
        return new CorsErrorResponseException(
                cors, refusal.error(), refusal.description(), Response.Status.fromStatusCode(refusal.status()));
    }

    /** Records {@code refusal} as above, for a request whose answer Keycloak itself makes. */
    public static void record(KeycloakSession session, EventBuilder event, Refusal refusal) {
        describe(event, refusal);
        if (RefusalEvents.isDue(session, refusal)) {
            event.error(refusal.error());
        }
        McpMetrics.refused(
                session.getContext().getRealm(), error(event.getEvent().getType()), refusal);
        session.getTransactionManager().setRollbackOnly();
    }

    /** Puts into {@code event} what administrators and diagnosis read of a refusal: the reason, the code, a missing role. */
    public static EventBuilder describe(EventBuilder event, Refusal refusal) {
        event.detail(Details.REASON, reason(refusal))
                .detail(EventDetails.REFUSAL, refusal.code().word());
        if (!refusal.role().isEmpty()) {
            event.detail(EventDetails.ROLE, refusal.role());
        }
        return event;
    }

    /** The reason of a refusal as events tell it. */
    public static String reason(Refusal refusal) {
        return refusal.description() + " (" + refusal.detail() + ")";
    }

    /**
     * Records {@code refusal} as above, and makes the exception with which a client policy refuses. Keycloak either keeps no
     * event of its own for it, or one that gets the code as well.
     */
    public static ClientPolicyException policy(KeycloakSession session, EventBuilder event, Refusal refusal) {
        record(session, event, refusal);
        RequestEvent.note(session, refusal);
        return exception(refusal);
    }

    /**
     * Counts {@code refusal} and makes the exception with which a client policy refuses a request for which Keycloak itself
     * records the event.
     *
     * @param type the type of that event
     */
    public static ClientPolicyException policy(KeycloakSession session, EventType type, Refusal refusal) {
        McpMetrics.refused(session.getContext().getRealm(), type, refusal);
        RequestEvent.note(session, refusal);
        return exception(refusal);
    }

    /** Keycloak changes the type of an event that is stored as an error. */
    private static EventType error(EventType type) {
        return type.name().endsWith(ERROR) ? type : EventType.valueOf(type.name() + ERROR);
    }

    private static ClientPolicyException exception(Refusal refusal) {
        return new ClientPolicyException(refusal.error(), refusal.description());
    }
}
