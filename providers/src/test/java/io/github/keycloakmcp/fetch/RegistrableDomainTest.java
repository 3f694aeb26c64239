package io.github.keycloakmcp.fetch;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Names below one domain are one owner's; names below a country are not. */
class RegistrableDomainTest {

    @ParameterizedTest
    @CsvSource({
        "example.com, example.com",
        "a.b.example.com, example.com",
        "a.b.example.com:8443, example.com",
        "a.example.co.uk, example.co.uk",
        "co.uk, co.uk",
        "alice.github.io, github.io",
        "x.alice.github.io, github.io",
        "localhost, localhost"
    })
    void isTheDomainThatWasRegistered(String host, String domain) {
        assertThat(RegistrableDomain.of(host)).isEqualTo(domain);
    }
}
