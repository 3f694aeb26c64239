package io.github.keycloakmcp.rule.cimd;

import java.util.Locale;

/** What is known of the host that a metadata document comes from. */
public enum DocumentTrust {
    /** It is the document of a known client, at its vendor's address. */
    KNOWN,
    /** An administrator has listed the host. */
    LISTED,
    /** Any host on the Internet. */
    UNVERIFIED;

    /** As it is written into the client's attribute. */
    public String written() {
        return name().toLowerCase(Locale.ROOT);
    }
}
