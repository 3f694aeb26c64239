package io.github.keycloakmcp.lifecycle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

import io.github.keycloakmcp.platform.ClientCleanUp;
import io.github.keycloakmcp.platform.McpLog;
import io.github.keycloakmcp.platform.McpMetrics;
import io.github.keycloakmcp.platform.ProviderIds;
import io.github.keycloakmcp.platform.SharedMarks;
import org.jboss.logging.Logger;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Cleans up all realms once in an interval, on whichever node of the cluster comes first.
 *
 * @param factory where sessions come from
 * @param interval how often it runs
 * @param limit when it stops, to go on the next time
 */
record CleanUpTask(KeycloakSessionFactory factory, Duration interval, Duration limit) implements Runnable {

    private static final Logger LOG = Logger.getLogger(CleanUpTask.class);
    private static final String ALL = "*";

    /** Keycloak's timer has one thread, which others wait for; an exception would end it. */
    @Override
    public void run() {
        McpMetrics.forgetClientsAfter(interval.multipliedBy(2));
        try {
            KeycloakModelUtils.runJobInTransaction(
                    factory,
                    session -> session.getProvider(ExecutorsProvider.class)
                            .getExecutor(ProviderIds.CLEAN_UP_SPI)
                            .execute(this::cleanUp));
        } catch (RejectedExecutionException e) {
            // The server is shutting down; the next start cleans up.
            LOG.debug("clean-up not started", e);
        } catch (RuntimeException e) {
            McpLog.cleanUpFailed(ALL, e);
        }
    }

    private void cleanUp() {
        long end = System.nanoTime() + limit.toNanos();
        try {
            for (Realm realm : KeycloakModelUtils.runJobInTransactionWithResult(factory, this::realms)) {
                Duration left = Duration.ofNanos(end - System.nanoTime());
                if (!left.isNegative()) {
                    cleanUp(realm, left);
                }
            }
        } catch (RuntimeException e) {
            McpLog.cleanUpFailed(ALL, e);
        }
    }

    /** The session is a place to find the provider; a transaction around the whole run would end before it. */
    private void cleanUp(Realm realm, Duration left) {
        try (KeycloakSession session = factory.create()) {
            session.getProvider(ClientCleanUp.class).run(realm.id(), false, left);
        } catch (RuntimeException e) {
            McpLog.cleanUpFailed(realm.name(), e);
        }
    }

    /** All realms, in any order so that none is always the one that time does not suffice for; none if another node is first. */
    private List<Realm> realms(KeycloakSession session) {
        long claim = Math.max(1, interval.toSeconds() * 9 / 10);
        if (!new SharedMarks(session).putIfAbsent(ProviderIds.CLEAN_UP_SPI, claim)) {
            return List.of();
        }
        List<Realm> realms = new ArrayList<>(
                session.realms().getRealmsStream().map(Realm::of).toList());
        Collections.shuffle(realms);
        return realms;
    }

    private record Realm(String id, String name) {

        static Realm of(RealmModel realm) {
            return new Realm(realm.getId(), realm.getName());
        }
    }
}
