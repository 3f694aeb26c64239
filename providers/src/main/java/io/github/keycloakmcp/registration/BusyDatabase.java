package io.github.keycloakmcp.registration;

import java.io.IOException;
import java.util.Set;

import io.github.keycloakmcp.platform.DatabaseFailure;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.services.cors.Cors;

/**
 * Tells a client to come again where the database has no connection for its request, or has ended it in favour of another one:
 * nothing is wrong with the request, and many at the same moment would otherwise see server errors. No event says so, because
 * that would need one more connection; the server log has what the database said.
 */
final class BusyDatabase {

    private static final Set<DatabaseFailure> BUSY = Set.of(DatabaseFailure.NO_CONNECTION, DatabaseFailure.ROLLED_BACK);
    private static final String WAIT = "5";

    private BusyDatabase() {}

    /** What answers a request. */
    @FunctionalInterface
    interface Work {
        Response answer() throws IOException;
    }

    static Response refusing(KeycloakSession session, Work work) throws IOException {
        try {
            return work.answer();
        } catch (RuntimeException e) {
            throw DatabaseFailure.of(e).filter(BUSY::contains).isPresent() ? comeAgain(session) : e;
        }
    }

    private static RuntimeException comeAgain(KeycloakSession session) {
        session.getTransactionManager().setRollbackOnly();
        session.getContext().getHttpResponse().setHeader(HttpHeaders.RETRY_AFTER, WAIT);
        return new CorsErrorResponseException(
                Cors.builder().exposedHeaders(HttpHeaders.RETRY_AFTER),
                "temporarily_unavailable",
                "the server is busy, try again in " + WAIT + " seconds",
                Response.Status.SERVICE_UNAVAILABLE);
    }
}
