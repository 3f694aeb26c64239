package io.github.keycloakmcp.rule.cimd;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.github.keycloakmcp.rule.Verdicts.decidedBy;
import static io.github.keycloakmcp.rule.Verdicts.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;

/** How a client with a metadata document authenticates. */
class AuthMethodChoiceTest {

    @ParameterizedTest
    @CsvSource({
        ", '', none",
        "none, '', none",
        "private_key_jwt, '', private_key_jwt",
        "private_key_jwt, 'none private_key_jwt', private_key_jwt",
        "none, 'none private_key_jwt', none",
        ", 'none private_key_jwt', none",
        ", private_key_jwt, private_key_jwt",
        ", 'tls_client_auth private_key_jwt', private_key_jwt",
        "client_secret_basic, 'client_secret_basic none', none",
        "tls_client_auth, 'tls_client_auth private_key_jwt', private_key_jwt"
    })
    void choosesWhatBothCanDo(String preferred, String supported, String chosen) {
        assertThat(decidedBy(AuthMethodChoice.of(preferred, words(supported)))).isEqualTo(chosen);
    }

    @ParameterizedTest
    @CsvSource({
        "client_secret_basic, ''",
        "client_secret_post, client_secret_post",
        "client_secret_jwt, ''",
        "tls_client_auth, ''",
        "'', ''",
        "PRIVATE_KEY_JWT, ''",
        ", client_secret_basic"
    })
    void refusesSharedSecrets(String preferred, String supported) {
        assertThat(refusalOf(AuthMethodChoice.of(preferred, words(supported))).error())
                .isEqualTo("invalid_client_metadata");
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
    }
}
