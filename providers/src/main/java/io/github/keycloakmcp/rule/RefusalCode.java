package io.github.keycloakmcp.rule;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Names every reason for which this extension refuses something. One word for one reason, the same everywhere: the detail
 * {@code mcp_refusal} of the event, the label {@code code} of the metric, the id under which diagnosis explains it, and the
 * heading in docs/refusals.md. Without it an administrator has to recognise a reason by its English text, which changes.
 *
 * <p>The words are public API: a new reason gets a new word, an old word is never given another meaning.
 */
public enum RefusalCode {
    // Registration as such: where, when, from where and for which client.
    WRONG_ENDPOINT,
    REALM_IS_FULL,
    SENDER_NOT_ALLOWED,
    TOO_MANY_REGISTRATIONS,
    FORCED_SCOPE_MISSING,
    CLIENT_DISABLED,
    CLIENT_SHARED,
    CLIENT_UNKNOWN,
    CLIENT_ID_MISMATCH,
    DATABASE_BUSY,

    // Client metadata, whether registered, published as a document or written by an administrator.
    METADATA_TOO_LONG,
    METADATA_NOT_JSON,
    METADATA_MALFORMED,
    METADATA_INCONSISTENT,
    CLIENT_NAME_REFUSED,
    CLIENT_NAME_TAKEN,
    CLIENT_URI_REFUSED,
    GRANT_TYPES_REFUSED,
    IMPLICIT_FLOW_REFUSED,
    CLIENT_POLICY_REFUSES,

    // Redirect URIs.
    REDIRECT_MALFORMED,
    REDIRECT_COUNT_REFUSED,
    REDIRECT_HOST_NOT_TRUSTED,
    REDIRECT_LOOPBACK_NOT_ALLOWED,
    REDIRECT_SCHEME_NOT_ALLOWED,
    REDIRECT_SCHEME_DANGEROUS,
    REDIRECT_WITHDRAWN,

    // Client ID Metadata Documents.
    DOCUMENT_ADDRESS_REFUSED,
    DOCUMENT_NOT_ACCEPTED,
    DOCUMENT_UNREADABLE,
    DOCUMENT_HOLDS_SECRET,
    DOCUMENT_KEYS_REFUSED,
    DOCUMENT_AUTH_METHOD_REFUSED,

    // Authorization and token requests.
    RESOURCE_MISSING,
    RESOURCE_MALFORMED,
    RESOURCE_UNKNOWN,
    RESOURCE_NOT_GRANTED,
    RESPONSE_TYPE_REFUSED,
    GRANT_NOT_BINDABLE,
    ROLE_MISSING,
    DPOP_REQUIRED,
    SCOPE_NOT_REQUESTED,
    SCOPE_MISSING,
    SCOPE_OF_ANOTHER_SERVER,
    SCOPE_NEEDS_LOGIN,
    LOGIN_TOO_WEAK,
    PROVIDER_DISABLED,
    BINDING_CHANGED,
    ASSERTION_OF_ANOTHER_CLIENT,
    ASSERTION_MALFORMED,
    ASSERTION_NOT_SUPPORTED,
    ASSERTION_REUSABLE,
    ASSERTION_SCOPE_MISMATCH,
    ASSERTION_SERVER_NOT_TRUSTED,
    ASSERTION_CLIENT_REFUSED,
    ASSERTION_SUBJECT_REFUSED,
    ASSERTION_TARGET_REFUSED,
    ASSERTION_SCOPE_REFUSED,
    DELEGATION_ACTOR_REFUSED,
    DELEGATION_SCOPE_REFUSED,
    DELEGATION_ROLE_MISSING,
    DELEGATION_TARGET_REFUSED,
    WORKLOAD_TOKEN_MALFORMED,
    WORKLOAD_TOKEN_NOT_SUPPORTED,
    WORKLOAD_AUDIENCE_REFUSED,
    WORKLOAD_TOKEN_EXPIRED,
    WORKLOAD_TOKEN_USED,
    WORKLOAD_SIGNATURE_REFUSED,
    WORKLOAD_NOT_TRUSTED,
    WORKLOAD_SERVER_REFUSED,
    SERVER_REMOVED,
    REFRESH_NOT_BOUND,

    // What an administrator writes in a setting.
    ALIAS_REFUSED,
    DEFAULT_SERVER_UNKNOWN,
    SETTING_MALFORMED;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The code as events, metrics, diagnosis and documentation show it, such as {@code resource-unknown}. */
    public String word() {
        return word;
    }

    /** The code of this word; empty for any other word, such as one that a newer version has written into an event. */
    public static Optional<RefusalCode> of(String word) {
        return Stream.of(values()).filter(code -> code.word.equals(word)).findFirst();
    }
}
