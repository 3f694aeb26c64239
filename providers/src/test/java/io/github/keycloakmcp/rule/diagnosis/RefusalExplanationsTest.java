package io.github.keycloakmcp.rule.diagnosis;

import io.github.keycloakmcp.rule.RefusalCode;
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
            LOGIN_ERROR | invalid_request | Invalid scopes: mcp:tools | scope-not-assigned
            REFRESH_TOKEN_ERROR | invalid_token | Stale token | refresh-ended
            LOGIN_ERROR | user_not_found | '' | other
            """)
    void explainsWhatKeycloakRefuses(String type, String error, String reason, String id) {
        assertThat(KeycloakSymptoms.of(type, error, reason).id()).isEqualTo(id);
    }
}
