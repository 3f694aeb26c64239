package io.github.keycloakmcp.rule.registration;

/**
 * Shares a realm's limit among senders. The last part of it is only for senders that have sent nothing else within the
 * window: a sender that sends many requests, or a thousand that do, leaves room for one that sends its first. The
 * owner of one domain, who can publish any number of documents, uses a part of it at most.
 *
 * @param limit how many requests all senders together may send within a window
 */
public record FairShare(int limit) {

    /** The part of the limit, in hundredths, that a sender's second and later requests may use. */
    private static final int COMMON = 40;

    /** The part of the limit, in hundredths, that the documents of one domain may use. */
    private static final int DOMAIN = 25;

    private static final int WHOLE = 100;

    /** How many requests a sender with {@code sent} earlier ones in the window finds already counted at most. */
    public int limitAfter(int sent) {
        return sent == 0 ? limit : Math.max(1, (int) ((long) limit * COMMON / WHOLE));
    }

    /** How many new clients within the window may have their documents on one domain that no administrator has listed. */
    public int ofOneDomain() {
        return Math.max(1, (int) ((long) limit * DOMAIN / WHOLE));
    }
}
