package io.github.keycloakmcp.rule.fetch;

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
        "A.B.Example.COM, example.com",
        "a.example.com., example.com",
        "a.example.co.uk, example.co.uk",
        "co.uk, co.uk",
        "com, com",
        ":443, ''",
        "localhost, localhost",
        "localhost:8080, localhost",
        "a..example.com, example.com",
        ".example.com, example.com"
    })
    void isTheDomainThatWasRegistered(String host, String domain) {
        assertThat(RegistrableDomain.of(host)).isEqualTo(domain);
    }

    @ParameterizedTest
    @CsvSource({
        "alice.github.io, github.io",
        "x.alice.github.io, github.io",
        "github.io, github.io",
        "bucket.s3.amazonaws.com, s3.amazonaws.com",
        "shop.uk.com, uk.com",
        "ec2-1-2-3-4.compute-1.amazonaws.com, compute-1.amazonaws.com"
    })
    void isTheOwnersWhereACompanyGivesNamesToCustomers(String host, String domain) {
        assertThat(RegistrableDomain.of(host)).isEqualTo(domain);
    }

    @ParameterizedTest
    @CsvSource({
        "shop.example.ck, shop.example.ck",
        "a.shop.example.ck, shop.example.ck",
        "example.ck, example.ck",
        "www.ck, www.ck",
        "a.www.ck, www.ck",
        "a.b.c.kobe.jp, b.c.kobe.jp",
        "a.city.kobe.jp, city.kobe.jp",
        "a.kobe.jp, a.kobe.jp"
    })
    void followsWildcardsAndTheirExceptions(String host, String domain) {
        assertThat(RegistrableDomain.of(host)).isEqualTo(domain);
    }

    @ParameterizedTest
    @CsvSource({
        "a.b.xn--fiqs8s, b.xn--fiqs8s",
        "a.example.xn--55qx5d.cn, example.xn--55qx5d.cn",
        "a.example.公司.cn, example.公司.cn",
        "a.xn--bcher-kva.example.com, example.com"
    })
    void knowsInternationalNames(String host, String domain) {
        assertThat(RegistrableDomain.of(host)).isEqualTo(domain);
    }

    @ParameterizedTest
    @CsvSource({
        "app.corp.internal, corp.internal",
        "a.b.c.unlisted, c.unlisted",
        "192.0.2.1, 192.0.2.1",
        "198.51.100.1:8443, 198.51.100.1",
        "[2001:db8::1], [2001:db8::1]",
        "[2001:db8::1]:8443, [2001:db8::1]"
    })
    void keepsApartWhatTheListDoesNotHave(String host, String domain) {
        assertThat(RegistrableDomain.of(host)).isEqualTo(domain);
    }
}
