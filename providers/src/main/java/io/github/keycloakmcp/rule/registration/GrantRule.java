package io.github.keycloakmcp.rule.registration;

import java.util.List;
import java.util.Set;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.Verdict;

/**
 * Decides which grants a self-registered client may use. With {@code client_credentials} anyone could register and get
 * a token without any user; {@code password} and {@code implicit} are gone from OAuth 2.1.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/draft-ietf-oauth-v2-1#section-10">OAuth 2.1, section 10</a>
 */
public final class GrantRule {

    private static final String CODE = "authorization_code";
    private static final Set<String> GRANTS = Set.of(CODE, "refresh_token");
    private static final Set<String> CODE_ONLY = Set.of("code");

    /** What response types are made of (OAuth 2.0 Multiple Response Types); Keycloak knows no other. */
    private static final Set<String> RESPONSES = Set.of("code", "token", "id_token", "none");

    /** What is not taken away again: the implicit and the device grant are, and grants that Keycloak does not know. */
    private static final Set<String> TOO_MUCH = Set.of(
            "password",
            "client_credentials",
            "urn:ietf:params:oauth:grant-type:token-exchange",
            "urn:ietf:params:oauth:grant-type:jwt-bearer",
            "urn:ietf:params:oauth:grant-type:uma-ticket",
            "urn:openid:params:grant-type:ciba");

    private GrantRule() {}

    static Verdict<ClientMetadata> judge(ClientMetadata metadata) {
        return Verdict.all(metadata.grantTypes(), grant -> judgeGrant(grant, GRANTS.contains(grant)))
                .then(grants -> grants.contains(CODE) ? Verdict.allowed(grants) : codeMissing())
                .then(grants -> Verdict.all(metadata.responseTypes(), type -> judgeResponse(type, CODE_ONLY)))
                .then(responses -> Verdict.allowed(metadata));
    }

    /**
     * Judges what a client writes in its metadata, before Keycloak makes a client of it: Keycloak refuses some combinations
     * without saying which member is wrong.
     *
     * @param grants {@code grant_types}; empty where it names none, and so means the default
     * @param responses {@code response_types}, likewise
     */
    public static Verdict<List<String>> requested(List<String> grants, List<String> responses) {
        return Verdict.all(grants, grant -> judgeGrant(grant, !TOO_MUCH.contains(grant)))
                .then(named -> named.isEmpty() || named.contains(CODE) || !responses.isEmpty()
                        ? Verdict.allowed(named)
                        : codeMissing())
                .then(named -> Verdict.all(responses, type -> judgeResponse(type, RESPONSES)));
    }

    private static Verdict<String> judgeGrant(String grant, boolean possible) {
        return possible
                ? Verdict.allowed(grant)
                : refused("grant_types: " + Refusal.excerpt(grant)
                        + " is not allowed, use authorization_code and refresh_token");
    }

    private static Verdict<String> judgeResponse(String response, Set<String> possible) {
        return possible.containsAll(List.of(response.split(" ")))
                ? Verdict.allowed(response)
                : refused("response_types: " + Refusal.excerpt(response) + " is not allowed, use code");
    }

    private static <T> Verdict<T> codeMissing() {
        return refused("grant_types: authorization_code is missing");
    }

    private static <T> Verdict<T> refused(String description) {
        return Verdict.refused(InvalidMetadata.metadata(
                RefusalCode.GRANT_TYPES_REFUSED, description, "grant type or response type outside of OAuth 2.1"));
    }
}
