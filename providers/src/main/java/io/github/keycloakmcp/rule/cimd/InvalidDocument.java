package io.github.keycloakmcp.rule.cimd;

import io.github.keycloakmcp.rule.Refusal;

/** Makes the errors that a metadata document and its URL are refused with. */
public final class InvalidDocument {

    private static final String SECTION = "draft-ietf-oauth-client-id-metadata-document section 5.1";

    private InvalidDocument() {}

    /** The client cannot be identified. */
    public static Refusal client(String description, String hint) {
        return new Refusal("invalid_client", description, hint, SECTION);
    }

    /** The client is identified, and describes itself in a way that is not allowed here. */
    public static Refusal metadata(String description, String hint) {
        return new Refusal("invalid_client_metadata", description, hint, SECTION);
    }
}
