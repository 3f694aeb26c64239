package io.github.keycloakmcp.platform;

import java.time.Duration;

import org.keycloak.provider.Provider;

/**
 * Removes the clients of a realm that registered themselves and are not used any more. The server does so from time to time;
 * as a provider any code with a session can ask for it at any time.
 */
public interface ClientCleanUp extends Provider {

    /**
     * Cleans up one realm, in transactions of its own, unless some node of the cluster is at it already.
     *
     * @param realmId the realm's internal id
     * @param dryRun whether to tell only what would be removed; the realm's settings may want that as well
     * @param limit when to stop, to go on the next time
     */
    CleanUpReport run(String realmId, boolean dryRun, Duration limit);
}
