package io.github.keycloakmcp.rule.registration;

/**
 * Shares a realm's limit among senders. The last part of it is only for senders that have sent nothing else within the
 * window: a sender that sends many requests, or a thousand that do, leaves room for one that sends its first.
 *
 * @param limit how many requests all senders together may send within a window
 */
public record FairShare(int limit) {

    /** The part of the limit, in hundredths, that a sender's second and later requests may use. */
    private static final int COMMON = 40;

    private static final int WHOLE = 100;

    /** How many requests a sender with {@code sent} earlier ones in the window finds already counted at most. */
    public int limitAfter(int sent) {
        return sent == 0 ? limit : Math.max(1, limit * COMMON / WHOLE);
    }
}
