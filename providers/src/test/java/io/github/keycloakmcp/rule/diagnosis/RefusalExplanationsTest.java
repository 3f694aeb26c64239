package io.github.keycloakmcp.rule.diagnosis;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What events say, and what it means. */
class RefusalExplanationsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CLIENT_REGISTER_ERROR | not_allowed | Policy 'Trusted Hosts' rejected; Trusted Hosts | registration-policy-refuses
            CLIENT_REGISTER_ERROR | not_allowed | Not permitted to use specified clientScope | registration-policy-refuses
            CLIENT_REGISTER_ERROR | not_allowed | Max Clients Limit | registration-policy-refuses
            CLIENT_REGISTER_ERROR | access_denied | this realm takes no more clients at the moment | realm-is-full
            CLIENT_REGISTER_ERROR | access_denied | clients cannot register from this address | sender-not-allowed
            CLIENT_REGISTER_ERROR | access_denied | a client with this metadata has been disabled here | client-disabled
            CLIENT_REGISTER_ERROR | temporarily_unavailable | too many registrations, try again | too-many-registrations
            CLIENT_REGISTER_ERROR | temporarily_unavailable | registration is not set up completely | forced-scope-missing
            CLIENT_REGISTER_ERROR | invalid_redirect_uri | redirect URI refused: the host is not trusted here | redirect-refused
            CLIENT_UPDATE_ERROR | invalid_token | another party has registered the same client, nobody manages it | client-shared
            LOGIN_ERROR | invalid_redirect_uri | '' | redirect-not-registered
            LOGIN_ERROR | invalid_redirect_uri | client_policy_error; redirect URI refused | redirect-refused
            LOGIN_ERROR | invalid_client | applications described at a.example are not accepted here | document-not-accepted
            LOGIN_ERROR | client_not_found | '' | client-unknown
            LOGIN_ERROR | invalid_request | Missing parameter: code_challenge_method | pkce-missing
            LOGIN_ERROR | invalid_request | Invalid scopes: mcp:tools | scope-not-assigned
            LOGIN_ERROR | invalid_target | resource is missing: name the URI | resource-missing
            LOGIN_ERROR | invalid_target | resource is no MCP server that the requested scope opens | resource-unknown
            LOGIN_ERROR | invalid_target | resource must have neither a query nor a fragment | resource-malformed
            CODE_TO_TOKEN_ERROR | invalid_target | resource was not granted | resource-not-granted
            CODE_TO_TOKEN_ERROR | access_denied | no access to this MCP server: https://a.example/mcp | role-missing
            REFRESH_TOKEN_ERROR | invalid_grant | the MCP server of this grant is no longer available with this scope | server-removed
            REFRESH_TOKEN_ERROR | invalid_token | Stale token | refresh-ended
            TOKEN_EXCHANGE_ERROR | invalid_grant | the assertion was issued to another client | assertion-of-another-client
            LOGIN_ERROR | user_not_found | '' | other
            """)
    void explains(String type, String error, String reason, String id) {
        assertThat(RefusalExplanations.of(type, error, reason).id()).isEqualTo(id);
    }
}
