package io.github.keycloakmcp.rule.registration;

import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.keycloakmcp.rule.Verdicts.assertRefused;
import static io.github.keycloakmcp.rule.Verdicts.decidedBy;
import static org.assertj.core.api.Assertions.assertThat;

/** Which grants a client that registers itself may use. */
class GrantRuleTest {

    private static final String CODE = "authorization_code";

    @Test
    void acceptsACodeWithOrWithoutRefresh() {
        ClientMetadata both = Metadata.granted(Set.of(CODE, "refresh_token"), Set.of("code"));
        ClientMetadata code = Metadata.granted(Set.of(CODE), Set.of());
        assertThat(decidedBy(GrantRule.judge(both))).isSameAs(both);
        assertThat(decidedBy(GrantRule.judge(code))).isSameAs(code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client_credentials",
                "password",
                "implicit",
                "Authorization_Code",
                "",
                "urn:ietf:params:oauth:grant-type:device_code",
                "urn:ietf:params:oauth:grant-type:token-exchange",
                "urn:ietf:params:oauth:grant-type:jwt-bearer",
                "urn:ietf:params:oauth:grant-type:uma-ticket",
                "urn:openid:params:grant-type:ciba"
            })
    void refusesEveryOtherGrant(String grant) {
        assertRefused(
                GrantRule.judge(Metadata.granted(Set.of(CODE, grant), Set.of("code"))),
                "invalid_client_metadata",
                "grant_types may be authorization_code and refresh_token only");
    }

    @Test
    void refusesAClientWithoutACode() {
        assertRefused(
                GrantRule.judge(Metadata.granted(Set.of("refresh_token"), Set.of("code"))),
                "invalid_client_metadata",
                "grant_types");
        assertRefused(GrantRule.judge(Metadata.granted(Set.of(), Set.of())), "invalid_client_metadata", "grant_types");
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "id_token", "code token", "none", "CODE"})
    void refusesEveryOtherResponseType(String type) {
        assertRefused(
                GrantRule.judge(Metadata.granted(Set.of(CODE), Set.of("code", type))),
                "invalid_client_metadata",
                "response_types may be code only");
    }
}
