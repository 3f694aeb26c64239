package io.github.keycloakmcp.rule;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class WebAddressTest {

    @ParameterizedTest
    @CsvSource({
        "https://cluster.example/keys, true",
        "HTTPS://cluster.example/keys, true",
        "http://127.0.0.1:8080/keys, true",
        "http://localhost/keys, true",
        "http://[::1]/keys, true",
        "http://cluster.example/keys, false",
        "http://localhost.example/keys, false",
        "http://127.0.0.1@cluster.example/keys, false",
        "ftp://localhost/keys, false",
        "file:///etc/keys, false",
        "/keys, false",
        "not a url, false",
        "'', false",
        ", false",
    })
    void aConnectionIsProtectedByTlsOrStaysOnThisComputer(String url, boolean isProtected) {
        assertThat(WebAddress.isProtected(url)).isEqualTo(isProtected);
    }
}
