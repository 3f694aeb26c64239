package io.github.keycloakmcp.rule.registration;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;

/** Makes the two errors that client metadata is refused with. */
final class InvalidMetadata {

    private static final String SECTION = "RFC 7591 section 3.2.2";

    private InvalidMetadata() {}

    static Refusal redirectUri(RefusalCode code, String description, String detail) {
        return new Refusal(code, "invalid_redirect_uri", description, detail, SECTION);
    }

    static Refusal metadata(RefusalCode code, String description, String detail) {
        return new Refusal(code, "invalid_client_metadata", description, detail, SECTION);
    }
}
