package io.github.keycloakmcp.rule.assertion;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What of an assertion may find a user who has linked no account. */
class UserMappingTest {

    private static final Map<String, Object> CLAIMS = Map.of(
            "sub", "7d0f",
            "email", "a@example.com",
            "email_verified", true,
            "preferred_username", "alice",
            "blank", " ",
            "number", 7,
            "list", List.of("alice"));

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "link, -",
                "email, a@example.com",
                "username:preferred_username, alice",
                "username:sub, 7d0f",
                "username:missing, -",
                "username:blank, -",
                "username:number, -",
                "username:list, -"
            })
    void theSettingNamesWhatFindsTheUser(String setting, @Nullable String found) {
        UserMapping mapping = UserMapping.of(setting).orElseThrow();
        assertThat(mapping.text()).isEqualTo(setting);
        assertThat(mapping.find(CLAIMS).orElse(null)).isEqualTo(found);
    }

    /** Else the issuer's own form, in which a user can write any address, opens the account of another user. */
    @Test
    void anAddressCountsOnlyWhereTheIssuerHasVerifiedIt() {
        UserMapping mapping = new UserMapping.Email();
        assertThat(mapping.find(Map.of("email", "a@example.com"))).isEmpty();
        for (Object unverified : List.of(false, "true", 1)) {
            assertThat(mapping.find(Map.of("email", "a@example.com", "email_verified", unverified)))
                    .isEmpty();
        }
        assertThat(mapping.find(Map.of("email", " ", "email_verified", true))).isEmpty();
        assertThat(mapping.find(Map.of("email_verified", true))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "LINK", "e-mail", "username", "username:", "claim:sub", "xusername:sub"})
    void nothingElseIsASetting(String setting) {
        assertThat(UserMapping.of(setting)).isEmpty();
    }
}
