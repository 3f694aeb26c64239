package io.github.keycloakmcp.platform;

import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.KeycloakSessionTask;
import org.keycloak.models.KeycloakSessionTaskWithResult;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Transactions beside that of the request. Of two that wait for each other a database ends one, and expects that it is begun
 * again. Without that an approval would not be kept, or a document not be stored: MariaDB and MySQL lock the gap in which a row
 * was looked for, so that two users who approve at the same time for the first time wait for each other.
 */
public final class OwnTransaction {

    private static final int ATTEMPTS = 5;
    private static final int LONGEST_PAUSE = 100;

    /** Is set on each session that has one of these transactions. */
    private static final String OWN = OwnTransaction.class.getName();

    private OwnTransaction() {}

    /** Runs what has no effect but in the database, and may run again. */
    public static void run(KeycloakSessionFactory factory, KeycloakSessionTask task) {
        run(factory, null, task);
    }

    /** The same, in the context of a request. */
    public static void run(
            KeycloakSessionFactory factory, @Nullable KeycloakContext context, KeycloakSessionTask task) {
        result(factory, context, session -> {
            task.run(session);
            return true;
        });
    }

    /** The same with a result. */
    public static <T> T result(
            KeycloakSessionFactory factory, @Nullable KeycloakContext context, KeycloakSessionTaskWithResult<T> task) {
        return result(factory, context, task, Set.of(DatabaseFailure.ROLLED_BACK));
    }

    /** Tells whether the transaction of {@code session} is one of these, and not that of a request. */
    static boolean isThatOf(KeycloakSession session) {
        return session.getAttribute(OWN) != null;
    }

    /** @param over the failures after which it runs again */
    static <T> T result(
            KeycloakSessionFactory factory,
            @Nullable KeycloakContext context,
            KeycloakSessionTaskWithResult<T> task,
            Set<DatabaseFailure> over) {
        KeycloakSessionTaskWithResult<T> known = own -> {
            own.setAttribute(OWN, true);
            return task.run(own);
        };
        for (int attempt = 1; ; attempt++) {
            try {
                return context == null
                        ? KeycloakModelUtils.runJobInTransactionWithResult(factory, known)
                        : KeycloakModelUtils.runJobInTransactionWithResult(factory, context, known, "MCP");
            } catch (RuntimeException e) {
                if (attempt == ATTEMPTS
                        || DatabaseFailure.of(e).filter(over::contains).isEmpty()
                        || !pause()) {
                    throw e;
                }
            }
        }
    }

    /** For another time than the one that it waited for, which begins again at the same moment. */
    private static boolean pause() {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(LONGEST_PAUSE));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
