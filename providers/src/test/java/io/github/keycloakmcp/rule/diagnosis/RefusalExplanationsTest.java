package io.github.keycloakmcp.rule.diagnosis;

import java.util.Set;

import io.github.keycloakmcp.rule.RefusalCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What refusals mean: this extension's by their code, Keycloak's by what its events say. */
class RefusalExplanationsTest {

    @ParameterizedTest
    @EnumSource
    void everyCodeIsExplainedUnderItsOwnWord(RefusalCode code) {
        Finding finding = RefusalExplanations.of(code);
        assertThat(finding.id()).isEqualTo(code.word()).matches("[a-z]+(-[a-z]+)+");
        assertThat(finding.what()).isNotBlank();
        assertThat(finding.fix()).isNotBlank();
        assertThat(RefusalCode.of(code.word())).contains(code);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CLIENT_REGISTER_ERROR | not_allowed | Policy 'Trusted Hosts' rejected; Trusted Hosts | registration-policy-refuses
            CLIENT_REGISTER_ERROR | not_allowed | Not permitted to use specified clientScope | registration-policy-refuses
            CLIENT_REGISTER_ERROR | not_allowed | Max Clients Limit | registration-policy-refuses
            LOGIN_ERROR | invalid_redirect_uri | '' | redirect-not-registered
            LOGIN_ERROR | client_not_found | '' | client-unknown
            LOGIN_ERROR | invalid_request | Missing parameter: code_challenge_method | pkce-missing
            LOGIN_ERROR | invalid_request | Invalid scopes: openid mcp:tools | scope-not-assigned
            LOGIN_ERROR | invalid_request | Invalid scopes: mcp:read mcp:tools | scope-unknown
            LOGIN_ERROR | invalid_request | Invalid scopes:  mcp:tools | scope-malformed
            LOGIN_ERROR | invalid_request | Invalid scopes: openid  mcp:tools | scope-malformed
            LOGIN_ERROR | invalid_request | Invalid scopes: openid,mcp:tools | scope-malformed
            LOGIN_ERROR | invalid_request | Invalid resource: https://a.example/mcp?x=1 | resource-malformed
            LOGIN_ERROR | invalid_request | '' | parameter-repeated
            CLIENT_REGISTER_ERROR | invalid_request | client_policy_error; Invalid Redirect Uri | client-policy-refuses
            CODE_TO_TOKEN_ERROR | not_allowed | Offline tokens not allowed for the user or client | offline-access-not-allowed
            TOKEN_EXCHANGE_ERROR | not_allowed | client is not within the token audience | exchange-outside-audience
            REFRESH_TOKEN_ERROR | invalid_token | Token is not active | refresh-ended
            REFRESH_TOKEN_ERROR | invalid_grant | Session not active | refresh-ended
            REFRESH_TOKEN_ERROR | user_disabled | '' | other
            CODE_TO_TOKEN_ERROR | invalid_token | '' | other
            CLIENT_REGISTER_ERROR | invalid_request | '' | other
            CLIENT_REGISTER_ERROR | invalid_redirect_uri | '' | other
            LOGIN_ERROR | user_not_found | '' | other
            """)
    void explainsWhatKeycloakRefuses(String type, String error, String reason, String id) {
        assertThat(KeycloakSymptoms.of(new ErrorEvent(type, error, reason), Set.of("mcp:tools"))
                        .id())
                .isEqualTo(id);
    }

    @Test
    void aRefusedScopeIsNamedAndOfManyTheFirstTen() {
        assertThat(ScopeExplanations.of("mcp:read mcp:tools", Set.of("mcp:tools"))
                        .what())
                .endsWith("realm: mcp:read");
        assertThat(ScopeExplanations.of("openid mcp:tools", Set.of("mcp:tools")).what())
                .endsWith("out of: openid, mcp:tools");
        assertThat(ScopeExplanations.of("a b c d e f g h i j k", Set.of()).what())
                .endsWith("i, j");
    }
}
