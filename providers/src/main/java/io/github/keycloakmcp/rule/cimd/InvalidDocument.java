package io.github.keycloakmcp.rule.cimd;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;

/** Makes the errors that a metadata document and its URL are refused with. */
public final class InvalidDocument {

    private static final String SECTION = "draft-ietf-oauth-client-id-metadata-document section 5.1";

    private InvalidDocument() {}

    /** The client cannot be identified. */
    public static Refusal client(RefusalCode code, String description, String detail) {
        return new Refusal(code, "invalid_client", description, detail, SECTION);
    }

    /** The client is identified, and describes itself in a way that is not allowed here. */
    public static Refusal metadata(RefusalCode code, String description, String detail) {
        return new Refusal(code, "invalid_client_metadata", description, detail, SECTION);
    }
}
