package io.github.keycloakmcp.fetch;

import java.util.Map;

/** What came of reading a URL. */
public sealed interface FetchAnswer {

    /**
     * A JSON document, as far as its headers say.
     *
     * @param text the document
     * @param headers header fields of the answer, names in lower case
     */
    record Content(String text, Map<String, String> headers) implements FetchAnswer {}

    /** The document is the same as before (304). */
    record Unchanged(Map<String, String> headers) implements FetchAnswer {}

    /**
     * Nothing usable.
     *
     * @param reason for the administrator only; the client that named the URL must not be told
     * @param temporary whether the host may be expected to answer later: it is down, or busy, or the server is
     * @param asked whether the host was asked at all; if not, the next request may be luckier
     */
    record Failure(String reason, boolean temporary, boolean asked) implements FetchAnswer {

        /** The host was asked. */
        public Failure(String reason, boolean temporary) {
            this(reason, temporary, true);
        }
    }
}
