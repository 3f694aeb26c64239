package io.github.keycloakmcp.rule.diagnosis;

import java.util.regex.Pattern;

/**
 * What of a realm's clients the server keeps in memory.
 *
 * @param used self-registered clients that were used at least once
 * @param entries how many entries the server's realm cache has; 0 if that is not known
 */
public record CacheFacts(long used, long entries) {

    private static final Pattern NAME = Pattern.compile("\\brealms\\b");

    /**
     * Entries of Keycloak's realm cache for one client: the client, its internal id by its client id, its default and its
     * optional client scopes.
     */
    public static final int ENTRIES_PER_CLIENT = 4;

    /**
     * Whether a file of Infinispan, in XML, JSON or YAML, describes the realm cache. A comment that mentions it counts too: a size that
     * is not known is better than a wrong one.
     */
    public static boolean isDescribedIn(String configuration) {
        return NAME.matcher(configuration).find();
    }

    /** How many clients the cache has room for. */
    public long room() {
        return entries / ENTRIES_PER_CLIENT;
    }

    /** Whether {@code clients} are more than the cache has room for. */
    public static boolean isTooSmall(long entries, long clients) {
        return entries > 0 && clients * ENTRIES_PER_CLIENT > entries;
    }
}
