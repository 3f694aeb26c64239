package io.github.keycloakmcp.admission;

import java.time.Duration;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;

/** Makes the refusals that depend on the realm rather than on the client metadata. */
final class AdmissionRefusals {

    private static final String SECTION = "RFC 7591 section 3.2.2";

    private AdmissionRefusals() {}

    static Refusal wrongEndpoint() {
        return new Refusal(
                RefusalCode.WRONG_ENDPOINT,
                "invalid_client_metadata",
                "use the registration_endpoint from the server metadata",
                "registration provider other than openid-connect",
                SECTION);
    }

    static Refusal realmIsFull() {
        return new Refusal(
                        RefusalCode.REALM_IS_FULL,
                        "access_denied",
                        "client registration is closed: the realm has reached its limit",
                        "setting max-clients is reached",
                        SECTION)
                .withStatus(403);
    }

    static Refusal senderNotAllowed() {
        return new Refusal(
                        RefusalCode.SENDER_NOT_ALLOWED,
                        "access_denied",
                        "client registration is not allowed from this IP address",
                        "not covered by the setting allowed-senders",
                        SECTION)
                .withStatus(403);
    }

    /** RFC 7591 has no code for it; RFC 6749 says {@code temporarily_unavailable} of a server that is overloaded. */
    static Refusal tooMany(String setting, Duration wait) {
        return new Refusal(
                        RefusalCode.TOO_MANY_REGISTRATIONS,
                        "temporarily_unavailable",
                        "too many registrations, try again in " + wait.toSeconds() + " seconds",
                        "setting " + setting + " is reached",
                        "RFC 6585 section 4")
                .withStatus(429)
                .withRetryAfter(wait);
    }

    static Refusal forcedScopeMissing() {
        return new Refusal(
                        RefusalCode.FORCED_SCOPE_MISSING,
                        "temporarily_unavailable",
                        "client registration is not set up completely, contact the administrator",
                        "a forced scope does not exist in the realm (KCMCP-0003)",
                        SECTION)
                .withStatus(503);
    }

    static Refusal identifierIsFixed() {
        return new Refusal(
                RefusalCode.CLIENT_ID_MISMATCH,
                "invalid_client_metadata",
                "the client_id of a self-registered client cannot be changed; take the client over first",
                "client with the attribute mcp.registered",
                SECTION);
    }
}
