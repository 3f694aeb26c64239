package io.github.keycloakmcp.rule.registration;

import java.util.Set;

import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.Verdict;

/**
 * Decides which grants a self-registered client may use. With {@code client_credentials} anybody could register and get
 * a token without any user; {@code password} and {@code implicit} are gone from OAuth 2.1.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/draft-ietf-oauth-v2-1#section-10">OAuth 2.1, section 10</a>
 */
final class GrantRule {

    private static final String CODE = "authorization_code";
    private static final Set<String> GRANTS = Set.of(CODE, "refresh_token");
    private static final Set<String> RESPONSES = Set.of("code");

    private GrantRule() {}

    static Verdict<ClientMetadata> judge(ClientMetadata metadata) {
        if (!GRANTS.containsAll(metadata.grantTypes()) || !metadata.grantTypes().contains(CODE)) {
            return Verdict.refused(InvalidMetadata.metadata(
                    RefusalCode.GRANT_TYPES_REFUSED,
                    "grant_types may be authorization_code and refresh_token only",
                    "grant type outside of OAuth 2.1"));
        }
        if (!RESPONSES.containsAll(metadata.responseTypes())) {
            return Verdict.refused(InvalidMetadata.metadata(
                    RefusalCode.GRANT_TYPES_REFUSED,
                    "response_types may be code only",
                    "response type outside of OAuth 2.1"));
        }
        return Verdict.allowed(metadata);
    }
}
