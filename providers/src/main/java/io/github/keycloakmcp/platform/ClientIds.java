package io.github.keycloakmcp.platform;

/** Client identifiers as strangers write them. */
public final class ClientIds {

    private static final char NUL = 0;

    private ClientIds() {}

    /**
     * Tells whether there can be a client with the identifier. No text in PostgreSQL has a NUL, and asking it for one ends as
     * a server error; other databases just find nothing.
     */
    public static boolean isPossible(String id) {
        return id.indexOf(NUL) < 0;
    }
}
