package io.github.keycloakmcp.rule.registration;

/**
 * Decides whether a realm has room for one more self-registered client. Clients that were never used are cheap to make, so
 * the oldest of them makes room: an attacker who fills a realm with them only replaces its own. A client that has been used
 * is never removed for a newcomer.
 *
 * @param most how many self-registered clients the realm holds; 0 for no limit
 * @param mostNeverUsed how many of these may never have been used; 0 for no limit
 */
public record RoomRule(int most, int mostNeverUsed) {

    /** The smallest step: fewer would count the clients of a small realm at every second registration. */
    private static final int SHORTEST_STEP = 20;

    /** How long a count of a small realm is good enough to remove or to refuse, in seconds. */
    private static final int SHORTEST_SECONDS = 5;

    private static final int LONGEST_SECONDS = 60;

    /** Counting takes the database about a second for 100,000 clients. */
    private static final int CLIENTS_PER_SECOND = 2_000;

    /**
     * Returns how many clients that were never used have to be removed for one more.
     *
     * @param clients how many self-registered clients the realm has
     * @param neverUsed how many of these were never used
     */
    public long surplus(long clients, long neverUsed) {
        return Math.max(over(clients, most), over(neverUsed, mostNeverUsed));
    }

    /**
     * Returns how many newcomers a node admits before it counts again what the other nodes have admitted: one in a hundred of
     * the lower limit. So the nodes of a cluster exceed the limit by one in a hundred each at most, and a newcomer costs the same
     * in a realm of any size: a hundred rows to count.
     */
    public int step() {
        int lower = most == 0 || mostNeverUsed == 0 ? Math.max(most, mostNeverUsed) : Math.min(most, mostNeverUsed);
        return Math.max(SHORTEST_STEP, lower / 100);
    }

    /**
     * Returns for how many seconds a count is good enough to remove a client or to refuse one: longer in a larger realm, where
     * counting costs more, so that registrations sent to a full realm do not keep its database busy.
     *
     * @param clients how many self-registered clients were counted
     */
    public static int secondsUntilRecount(long clients) {
        return (int) Math.min(LONGEST_SECONDS, SHORTEST_SECONDS + clients / CLIENTS_PER_SECOND);
    }

    /** Whether clients need not be counted at all. */
    public boolean isUnlimited() {
        return most == 0 && mostNeverUsed == 0;
    }

    private static long over(long clients, int limit) {
        return limit == 0 ? 0 : Math.max(0, clients + 1 - limit);
    }
}
