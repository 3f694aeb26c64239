package io.github.keycloakmcp.rule.registration;

import io.github.keycloakmcp.rule.Refusal;

/** Makes the two errors that client metadata is refused with. */
final class InvalidMetadata {

    private static final String SECTION = "RFC 7591 section 3.2.2";

    private InvalidMetadata() {}

    static Refusal redirectUri(String description, String hint) {
        return new Refusal("invalid_redirect_uri", description, hint, SECTION);
    }

    static Refusal metadata(String description, String hint) {
        return new Refusal("invalid_client_metadata", description, hint, SECTION);
    }
}
