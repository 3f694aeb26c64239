package io.github.keycloakmcp.registration;

import java.time.Duration;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;

/** Makes the refusals of the endpoint itself, before or after the client metadata is judged. */
final class RegistrationRefusals {

    private static final String SECTION = "RFC 7591 section 3.2.2";
    private static final Duration COME_AGAIN = Duration.ofSeconds(5);

    private RegistrationRefusals() {}

    static Refusal tooLong(int bytes) {
        return new Refusal(
                        RefusalCode.METADATA_TOO_LONG,
                        "invalid_client_metadata",
                        "client metadata must not exceed " + bytes + " bytes",
                        "body too long",
                        SECTION)
                .withStatus(413);
    }

    static Refusal noJson() {
        return new Refusal(
                        RefusalCode.METADATA_NOT_JSON,
                        "invalid_client_metadata",
                        "client metadata must be sent as application/json",
                        "another Content-Type",
                        "RFC 7591 section 3.1")
                .withStatus(415);
    }

    static Refusal unstorable() {
        return new Refusal(
                RefusalCode.METADATA_MALFORMED,
                "invalid_client_metadata",
                "the database cannot store a member: it is too long, or has characters such as emoji",
                "refused by the database",
                SECTION);
    }

    /** RFC 7591 has no code for it; RFC 6749 says {@code temporarily_unavailable} of a server that is overloaded. */
    static Refusal databaseBusy() {
        return new Refusal(
                        RefusalCode.DATABASE_BUSY,
                        "temporarily_unavailable",
                        "the server is busy, try again in " + COME_AGAIN.toSeconds() + " seconds",
                        "no connection to the database, or ended by the database",
                        "RFC 9110 section 15.6.4")
                .withStatus(503)
                .withRetryAfter(COME_AGAIN);
    }

    static Refusal disabled() {
        return new Refusal(
                        RefusalCode.CLIENT_DISABLED,
                        "access_denied",
                        "a client with this metadata has been disabled, contact the administrator",
                        "the client that registered the same before is disabled",
                        SECTION)
                .withStatus(403);
    }

    static Refusal noSuchClient() {
        return new Refusal(
                        RefusalCode.CLIENT_UNKNOWN,
                        "invalid_token",
                        "this realm has no client with this client_id",
                        "client identifier that no client can have",
                        "RFC 7592 section 2")
                .withStatus(401);
    }

    static Refusal removed() {
        return new Refusal(
                        RefusalCode.CLIENT_UNKNOWN,
                        "invalid_token",
                        "this client is being removed already",
                        "two requests removed the same client at once",
                        "RFC 7592 section 2.3")
                .withStatus(401);
    }

    static Refusal ownerless() {
        return new Refusal(
                        RefusalCode.CLIENT_SHARED,
                        "invalid_token",
                        "this client is shared and can no longer be managed, register a new client",
                        "a shared client has no owner (setting idempotent)",
                        "RFC 7592 section 2")
                .withStatus(401);
    }
}
