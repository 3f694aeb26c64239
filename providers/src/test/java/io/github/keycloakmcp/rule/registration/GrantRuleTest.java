package io.github.keycloakmcp.rule.registration;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
                "is not allowed, use authorization_code and refresh_token");
    }

    @Test
    void refusesAClientWithoutACode() {
        assertRefused(
                GrantRule.judge(Metadata.granted(Set.of("refresh_token"), Set.of("code"))),
                "invalid_client_metadata",
                "grant_types: authorization_code is missing");
        assertRefused(
                GrantRule.judge(Metadata.granted(Set.of(), Set.of())), "invalid_client_metadata", "authorization_code");
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "id_token", "code token", "none", "CODE"})
    void refusesEveryOtherResponseType(String type) {
        assertRefused(
                GrantRule.judge(Metadata.granted(Set.of(CODE), Set.of("code", type))),
                "invalid_client_metadata",
                "is not allowed, use code");
    }

    @ParameterizedTest
    @CsvSource({
        "authorization_code urn:ietf:params:oauth:grant-type:token-exchange, grant_types: urn:ietf:params:oauth:grant-type:token",
        "authorization_code client_credentials, grant_types: client_credentials is not allowed",
        "implicit, grant_types: authorization_code is missing",
        "refresh_token, grant_types: authorization_code is missing"
    })
    void namesTheGrantThatAClientMustNotRequest(String grants, String problem) {
        assertRefused(GrantRule.requested(List.of(grants.split(" ")), List.of()), "invalid_client_metadata", problem);
    }

    @Test
    void namesTheResponseTypeThatAClientMustNotRequest() {
        assertRefused(
                GrantRule.requested(List.of(), List.of("code", "magic")),
                "invalid_client_metadata",
                "response_types: magic is not allowed");
        assertRefused(GrantRule.requested(List.of(), List.of("")), "invalid_client_metadata", "response_types:");
    }

    @Test
    void ignoresWhatIsTakenAwayLater() {
        decidedBy(GrantRule.requested(
                List.of(CODE, "implicit", "urn:ietf:params:oauth:grant-type:device_code", "urn:example:future"),
                List.of("code", "code id_token", "none")));
        decidedBy(GrantRule.requested(List.of(), List.of()));
    }
}
