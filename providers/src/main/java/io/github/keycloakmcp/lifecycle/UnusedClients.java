package io.github.keycloakmcp.lifecycle;

import java.time.Duration;

import io.github.keycloakmcp.platform.CleanUpReport;
import io.github.keycloakmcp.platform.ClientCleanUp;
import io.github.keycloakmcp.platform.ProviderIds;
import org.keycloak.cluster.ClusterProvider;
import org.keycloak.cluster.ExecutionResult;
import org.keycloak.models.KeycloakSession;

/** Cleans up one realm on one node of the cluster at a time. */
final class UnusedClients implements ClientCleanUp {

    /** The last batch may run over the limit; what holds the lock longer than this has died. */
    private static final Duration GRACE = Duration.ofMinutes(5);

    private final KeycloakSession session;

    UnusedClients(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public CleanUpReport run(String realmId, boolean dryRun, Duration limit) {
        RealmCleanUp cleanUp = new RealmCleanUp(session.getKeycloakSessionFactory(), realmId, dryRun, limit);
        ExecutionResult<CleanUpReport> result = session.getProvider(ClusterProvider.class)
                .executeIfNotExecuted(
                        ProviderIds.CLEAN_UP_SPI + ":" + realmId,
                        Math.toIntExact(limit.plus(GRACE).toSeconds()),
                        cleanUp::run);
        return result.isExecuted() ? result.getResult() : CleanUpReport.EMPTY.incomplete();
    }

    @Override
    public void close() {}
}
