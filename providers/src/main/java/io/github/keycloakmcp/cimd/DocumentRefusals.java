package io.github.keycloakmcp.cimd;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.cimd.DocumentUrl;
import io.github.keycloakmcp.rule.cimd.InvalidDocument;

/** Refusals for which no rule is responsible, but the network or the database. */
final class DocumentRefusals {

    private DocumentRefusals() {}

    /** The database cannot keep a text of the document. */
    static Refusal unstorable() {
        return InvalidDocument.metadata(
                RefusalCode.METADATA_MALFORMED,
                "the database cannot store a member: it is too long, or has characters such as emoji",
                "refused by the database");
    }

    /** There is a client that the database does not tell from this one. */
    static Refusal otherSpelling() {
        return InvalidDocument.client(
                RefusalCode.DOCUMENT_ADDRESS_REFUSED,
                "client_id: this realm has a client whose id differs in upper and lower case only",
                "a client whose id differs in upper and lower case only; the database does not distinguish them");
    }

    /**
     * There is no document that can be read. The description is the same whatever the reason: it must not tell what
     * there is behind a URL. The reason stands behind a colon, because it may name whatever the document's host does.
     */
    static Refusal unreadable(DocumentUrl url, String reason) {
        return InvalidDocument.client(
                RefusalCode.DOCUMENT_UNREADABLE,
                "this application can't be used right now: its metadata at " + Refusal.excerpt(url.host())
                        + " could not be loaded",
                "metadata document could not be loaded: " + reason);
    }
}
