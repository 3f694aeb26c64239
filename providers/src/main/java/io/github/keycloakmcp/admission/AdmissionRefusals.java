package io.github.keycloakmcp.admission;

import io.github.keycloakmcp.rule.Refusal;

/** Refusals that depend on the realm rather than on what the client asks to be. */
final class AdmissionRefusals {

    private static final String SECTION = "RFC 7591 section 3.2.2";

    private AdmissionRefusals() {}

    static Refusal wrongEndpoint() {
        return new Refusal(
                "invalid_client_metadata",
                "clients register at the openid-connect registration endpoint only",
                "registration provider other than openid-connect",
                SECTION);
    }

    static Refusal realmIsFull() {
        return new Refusal(
                        "access_denied",
                        "this realm takes no more clients at the moment",
                        "setting max-clients is reached",
                        SECTION)
                .withStatus(403);
    }

    static Refusal forcedScopeMissing() {
        return new Refusal(
                        "temporarily_unavailable",
                        "registration is not set up completely, ask the administrator",
                        "a forced scope does not exist in the realm (KCMCP-0003)",
                        SECTION)
                .withStatus(503);
    }
}
