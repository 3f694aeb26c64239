package io.github.keycloakmcp.registration;

import java.io.IOException;
import java.util.Set;

import io.github.keycloakmcp.platform.DatabaseFailure;
import io.github.keycloakmcp.platform.Refusals;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;

/**
 * Tells a client to come again where the database has no connection for its request, or has ended it in favour of another one:
 * nothing is wrong with the request, and many at the same moment would otherwise see server errors. No event says so, because
 * that would need one more connection; the metric counts it, and the server log has what the database said.
 */
final class BusyDatabase {

    private static final Logger LOG = Logger.getLogger(BusyDatabase.class);
    private static final Set<DatabaseFailure> BUSY = Set.of(DatabaseFailure.NO_CONNECTION, DatabaseFailure.ROLLED_BACK);

    private BusyDatabase() {}

    /** What answers a request. */
    @FunctionalInterface
    interface Work {
        Response answer() throws IOException;
    }

    /** @param type of the request, as events call it */
    static Response refusing(KeycloakSession session, EventType type, Work work) throws IOException {
        try {
            return work.answer();
        } catch (RuntimeException e) {
            if (DatabaseFailure.of(e).filter(BUSY::contains).isEmpty()) {
                throw e;
            }
            LOG.debug("refused because of the database", e);
            throw Refusals.withoutEvent(session, type, RegistrationRefusals.databaseBusy());
        }
    }
}
