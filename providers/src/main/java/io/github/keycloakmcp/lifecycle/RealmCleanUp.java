package io.github.keycloakmcp.lifecycle;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import io.github.keycloakmcp.platform.CleanUpReport;
import io.github.keycloakmcp.platform.McpLog;
import io.github.keycloakmcp.platform.McpMetrics;
import io.github.keycloakmcp.settings.LifecycleSettings.CleanUp;
import io.github.keycloakmcp.settings.RealmSettings;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Goes through the self-registered clients of a realm page by page and removes the stale ones in small batches, each in a
 * transaction of its own, so that no more than a page is ever in memory and no lock is held for long.
 */
final class RealmCleanUp {

    private static final int PAGE = 200;
    private static final int BATCH = 20;

    private final KeycloakSessionFactory factory;
    private final String realmId;
    private final boolean dryRun;
    private final long end;

    RealmCleanUp(KeycloakSessionFactory factory, String realmId, boolean dryRun, Duration limit) {
        this.factory = factory;
        this.realmId = realmId;
        this.dryRun = dryRun;
        this.end = System.nanoTime() + limit.toNanos();
    }

    CleanUpReport run() {
        return start().map(this::timed).orElse(CleanUpReport.EMPTY);
    }

    private CleanUpReport timed(Plan plan) {
        long begin = System.nanoTime();
        CleanUpReport report = run(plan);
        if (!dryRun) {
            McpMetrics.cleanedUp(plan.realm(), Duration.ofNanos(System.nanoTime() - begin));
            count(plan);
        }
        return report;
    }

    /** What was removed stays removed and is reported, whether or not the others can be counted. */
    private void count(Plan plan) {
        try {
            ClientCensus census = inRealm(ClientCensus::of);
            McpMetrics.clients(plan.realm(), census.byKind(), census.limit());
        } catch (RuntimeException e) {
            McpLog.notCounted(plan.realm(), e);
        }
    }

    /** What holds for the whole run. */
    private Optional<Plan> start() {
        return inRealm(session -> RealmSettings.lifecycle(session)
                .filter(config -> dryRun || config.cleanUp() != CleanUp.OFF)
                .map(config -> Plan.of(session, config, !dryRun && config.cleanUp() == CleanUp.REMOVE)));
    }

    private CleanUpReport run(Plan plan) {
        CleanUpReport total = CleanUpReport.EMPTY;
        String after = "";
        ClientPage page;
        do {
            if (isOver()) {
                total = total.incomplete();
                break;
            }
            String from = after;
            page = inRealm(session -> ClientPage.read(session, plan, from, PAGE));
            int removed = plan.removes() ? remove(plan, page.stale()) : 0;
            total = total.plus(page.report().withRemoved(removed));
            after = page.last();
        } while (page.size() == PAGE);
        if (total.stale() > 0 || !total.complete()) {
            McpLog.cleanedUp(plan.realm(), total);
        }
        return total;
    }

    private int remove(Plan plan, List<String> stale) {
        int removed = 0;
        for (int from = 0; from < stale.size() && !isOver(); from += BATCH) {
            removed += removeTogether(plan, stale.subList(from, Math.min(from + BATCH, stale.size())));
        }
        return removed;
    }

    /** If one client cannot be removed, because another node is removing it at this moment, the others are still removed. */
    private int removeTogether(Plan plan, List<String> batch) {
        try {
            int removed = inRealm(session -> new ClientRemoval(session, plan).remove(batch));
            McpMetrics.removed(plan.realm(), removed);
            return removed;
        } catch (RuntimeException e) {
            if (batch.size() > 1) {
                return batch.stream()
                        .mapToInt(client -> removeTogether(plan, List.of(client)))
                        .sum();
            }
            McpLog.notRemoved(batch.get(0), e);
            return 0;
        }
    }

    private boolean isOver() {
        return System.nanoTime() - end >= 0;
    }

    private <T> T inRealm(Function<KeycloakSession, T> work) {
        return KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> {
            RealmModel realm = session.realms().getRealm(realmId);
            if (realm == null) {
                throw new IllegalStateException("the realm has been removed");
            }
            session.getContext().setRealm(realm);
            return work.apply(session);
        });
    }
}
