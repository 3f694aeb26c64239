package io.github.keycloakmcp.rule.diagnosis;

import io.github.keycloakmcp.rule.RefusalCode;

/**
 * Explains the refusals of this extension: what happened, and what to do. The switch has no default branch, so that a code
 * without an explanation does not compile.
 *
 * @see KeycloakSymptoms
 */
public final class RefusalExplanations {

    private RefusalExplanations() {}

    /** Returns the explanation of {@code code}; its id is the code itself. */
    public static Finding of(RefusalCode code) {
        return explanation(code).as(code.word());
    }

    private static Explanation explanation(RefusalCode code) {
        return switch (code) {
            case WRONG_ENDPOINT -> RegistrationExplanations.WRONG_ENDPOINT;
            case REALM_IS_FULL -> RegistrationExplanations.REALM_IS_FULL;
            case SENDER_NOT_ALLOWED -> RegistrationExplanations.SENDER_NOT_ALLOWED;
            case TOO_MANY_REGISTRATIONS -> RegistrationExplanations.TOO_MANY_REGISTRATIONS;
            case FORCED_SCOPE_MISSING -> RegistrationExplanations.FORCED_SCOPE_MISSING;
            case CLIENT_DISABLED -> RegistrationExplanations.CLIENT_DISABLED;
            case CLIENT_SHARED -> RegistrationExplanations.CLIENT_SHARED;
            case CLIENT_UNKNOWN -> RegistrationExplanations.CLIENT_UNKNOWN;
            case CLIENT_ID_MISMATCH -> RegistrationExplanations.CLIENT_ID_MISMATCH;
            case DATABASE_BUSY -> RegistrationExplanations.DATABASE_BUSY;
            case CLIENT_POLICY_REFUSES -> RegistrationExplanations.CLIENT_POLICY_REFUSES;
            case SETTING_MALFORMED -> RegistrationExplanations.SETTING_MALFORMED;
            case METADATA_TOO_LONG -> MetadataExplanations.TOO_LONG;
            case METADATA_NOT_JSON -> MetadataExplanations.NOT_JSON;
            case METADATA_MALFORMED -> MetadataExplanations.MALFORMED;
            case METADATA_INCONSISTENT -> MetadataExplanations.INCONSISTENT;
            case CLIENT_NAME_REFUSED -> MetadataExplanations.NAME_REFUSED;
            case CLIENT_NAME_TAKEN -> MetadataExplanations.NAME_TAKEN;
            case CLIENT_URI_REFUSED -> MetadataExplanations.CLIENT_URI_REFUSED;
            case GRANT_TYPES_REFUSED -> MetadataExplanations.GRANT_TYPES_REFUSED;
            case IMPLICIT_FLOW_REFUSED -> MetadataExplanations.IMPLICIT_FLOW_REFUSED;
            case REDIRECT_MALFORMED -> MetadataExplanations.REDIRECT_MALFORMED;
            case REDIRECT_COUNT_REFUSED -> MetadataExplanations.REDIRECT_COUNT_REFUSED;
            case REDIRECT_HOST_NOT_TRUSTED -> MetadataExplanations.REDIRECT_HOST_NOT_TRUSTED;
            case REDIRECT_LOOPBACK_NOT_ALLOWED -> MetadataExplanations.REDIRECT_LOOPBACK_NOT_ALLOWED;
            case REDIRECT_SCHEME_NOT_ALLOWED -> MetadataExplanations.REDIRECT_SCHEME_NOT_ALLOWED;
            case REDIRECT_SCHEME_DANGEROUS -> MetadataExplanations.REDIRECT_SCHEME_DANGEROUS;
            case REDIRECT_WITHDRAWN -> MetadataExplanations.REDIRECT_WITHDRAWN;
            case DOCUMENT_ADDRESS_REFUSED -> DocumentExplanations.ADDRESS_REFUSED;
            case DOCUMENT_NOT_ACCEPTED -> DocumentExplanations.NOT_ACCEPTED;
            case DOCUMENT_UNREADABLE -> DocumentExplanations.UNREADABLE;
            case DOCUMENT_HOLDS_SECRET -> DocumentExplanations.HOLDS_SECRET;
            case DOCUMENT_KEYS_REFUSED -> DocumentExplanations.KEYS_REFUSED;
            case DOCUMENT_AUTH_METHOD_REFUSED -> DocumentExplanations.AUTH_METHOD_REFUSED;
            case RESOURCE_MISSING -> TokenExplanations.RESOURCE_MISSING;
            case RESOURCE_MALFORMED -> TokenExplanations.RESOURCE_MALFORMED;
            case RESOURCE_UNKNOWN -> TokenExplanations.RESOURCE_UNKNOWN;
            case RESOURCE_NOT_GRANTED -> TokenExplanations.RESOURCE_NOT_GRANTED;
            case RESPONSE_TYPE_REFUSED -> TokenExplanations.RESPONSE_TYPE_REFUSED;
            case GRANT_NOT_BINDABLE -> TokenExplanations.GRANT_NOT_BINDABLE;
            case ROLE_MISSING -> TokenExplanations.ROLE_MISSING;
            case DPOP_REQUIRED -> IssuanceExplanations.DPOP_REQUIRED;
            case SCOPE_NOT_REQUESTED -> TokenExplanations.SCOPE_NOT_REQUESTED;
            case SCOPE_MISSING -> TokenExplanations.SCOPE_MISSING;
            case SCOPE_OF_ANOTHER_SERVER -> TokenExplanations.SCOPE_OF_ANOTHER_SERVER;
            case SCOPE_NEEDS_LOGIN -> TokenExplanations.SCOPE_NEEDS_LOGIN;
            case LOGIN_TOO_WEAK -> TokenExplanations.LOGIN_TOO_WEAK;
            case PROVIDER_DISABLED -> TokenExplanations.PROVIDER_DISABLED;
            case BINDING_CHANGED -> TokenExplanations.BINDING_CHANGED;
            case ASSERTION_OF_ANOTHER_CLIENT -> TokenExplanations.ASSERTION_OF_ANOTHER_CLIENT;
            case ASSERTION_MALFORMED -> TokenExplanations.ASSERTION_MALFORMED;
            case ASSERTION_NOT_SUPPORTED -> TokenExplanations.ASSERTION_NOT_SUPPORTED;
            case ASSERTION_REUSABLE -> TokenExplanations.ASSERTION_REUSABLE;
            case ASSERTION_SCOPE_MISMATCH -> TokenExplanations.ASSERTION_SCOPE_MISMATCH;
            case ASSERTION_SERVER_NOT_TRUSTED -> TokenExplanations.ASSERTION_SERVER_NOT_TRUSTED;
            case ASSERTION_CLIENT_REFUSED -> IssuanceExplanations.CLIENT_REFUSED;
            case ASSERTION_SUBJECT_REFUSED -> IssuanceExplanations.SUBJECT_REFUSED;
            case ASSERTION_TARGET_REFUSED -> IssuanceExplanations.TARGET_REFUSED;
            case ASSERTION_SCOPE_REFUSED -> IssuanceExplanations.SCOPE_REFUSED;
            case DELEGATION_ACTOR_REFUSED -> DelegationExplanations.ACTOR_REFUSED;
            case DELEGATION_SCOPE_REFUSED -> DelegationExplanations.SCOPE_REFUSED;
            case DELEGATION_ROLE_MISSING -> DelegationExplanations.ROLE_MISSING;
            case DELEGATION_TARGET_REFUSED -> DelegationExplanations.TARGET_REFUSED;
            case WORKLOAD_TOKEN_MALFORMED -> WorkloadExplanations.TOKEN_MALFORMED;
            case WORKLOAD_TOKEN_NOT_SUPPORTED -> WorkloadExplanations.TOKEN_NOT_SUPPORTED;
            case WORKLOAD_AUDIENCE_REFUSED -> WorkloadExplanations.AUDIENCE_REFUSED;
            case WORKLOAD_TOKEN_EXPIRED -> WorkloadExplanations.TOKEN_EXPIRED;
            case WORKLOAD_TOKEN_USED -> WorkloadExplanations.TOKEN_USED;
            case WORKLOAD_SIGNATURE_REFUSED -> WorkloadExplanations.SIGNATURE_REFUSED;
            case WORKLOAD_NOT_TRUSTED -> WorkloadExplanations.NOT_TRUSTED;
            case WORKLOAD_SERVER_REFUSED -> WorkloadExplanations.SERVER_REFUSED;
            case SERVER_REMOVED -> TokenExplanations.SERVER_REMOVED;
            case REFRESH_NOT_BOUND -> TokenExplanations.REFRESH_NOT_BOUND;
            case ALIAS_REFUSED -> TokenExplanations.ALIAS_REFUSED;
            case DEFAULT_SERVER_UNKNOWN -> TokenExplanations.DEFAULT_SERVER_UNKNOWN;
        };
    }
}
