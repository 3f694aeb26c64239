package io.github.keycloakmcp.rule.diagnosis;

import java.util.List;

/** Whether the clients that a realm has now fit the server's cache; what it may have one day costs nothing yet. */
public final class CacheChecks {

    private CacheChecks() {}

    public static List<Finding> of(CacheFacts facts) {
        if (!CacheFacts.isTooSmall(facts.entries(), facts.used())) {
            return List.of();
        }
        return List.of(Finding.info(
                "realm-cache-small",
                "the realm has " + facts.used() + " self-registered clients in use; the server's realm cache holds "
                        + facts.entries() + " entries, enough for " + facts.room()
                        + " clients. Each request of another client reads it from the database",
                "start each node with cache-embedded-realms-max-count=" + facts.used() * CacheFacts.ENTRIES_PER_CLIENT
                        + " or more, and with the memory for it (docs/operations.md)"));
    }
}
