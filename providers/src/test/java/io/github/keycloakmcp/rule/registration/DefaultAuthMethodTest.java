package io.github.keycloakmcp.rule.registration;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Who gets a secret without having said that it wants one. */
class DefaultAuthMethodTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "absent",
            value = {
                "native, https://claude.ai/cb,                              none",
                "native, http://localhost:1/cb,                             none",
                "native, '',                                                none",
                "web,    http://localhost:3000/cb,                          client_secret_basic",
                "web,    https://app.example/cb,                            client_secret_basic",
                "absent, http://localhost:1/cb,                             none",
                "absent, http://127.0.0.1:1/cb http://[::1]/cb,             none",
                "absent, cursor://anysphere.cursor-mcp/cb,                  none",
                "absent, cursor://anysphere.cursor-mcp/cb http://localhost, none",
                "absent, https://app.example/cb,                            client_secret_basic",
                "absent, http://localhost:1/cb https://app.example/cb,      client_secret_basic",
                "absent, https://localhost/cb,                              client_secret_basic",
                "absent, '',                                                client_secret_basic",
                "absent, no-uri,                                            client_secret_basic",
                "magic,  http://localhost:1/cb,                             none",
                "magic,  https://app.example/cb,                            client_secret_basic",
                "Native, https://app.example/cb,                            client_secret_basic"
            })
    void isDecidedByWhatTheClientIs(String applicationType, String redirectUris, String method) {
        List<String> uris = Arrays.stream(redirectUris.split(" "))
                .filter(uri -> !uri.isEmpty())
                .toList();
        assertThat(DefaultAuthMethod.of(applicationType, uris)).isEqualTo(method);
    }

    @Test
    void aClientWithoutRedirectUrisIsTakenForAServer() {
        assertThat(DefaultAuthMethod.of(null, List.of())).isEqualTo(DefaultAuthMethod.SECRET);
    }
}
