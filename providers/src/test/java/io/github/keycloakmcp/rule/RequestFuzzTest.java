package io.github.keycloakmcp.rule;

import java.util.List;
import java.util.Locale;

import io.github.keycloakmcp.rule.consent.Destination;
import io.github.keycloakmcp.rule.fetch.RegistrableDomain;
import io.github.keycloakmcp.rule.resource.ScopeParameter;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Hosts as they are counted and shown, and the query of an authorization request. */
class RequestFuzzTest {

    /** Of every address that a rule reads. */
    private static final int LONGEST = 255;

    @Test
    void aRegistrableDomainIsTheEndOfItsHost() {
        Fuzz.run(
                "domain",
                List.of(
                        "a.b.example.co.uk:8443",
                        "alice.github.io",
                        "a.shop.example.ck",
                        "a.city.kobe.jp.",
                        "a.b.xn--fiqs8s",
                        "xn--\u00fc.xn--zzzzzzzzzz.\u516c\u53f8.cn",
                        "[2001:db8::1]:80",
                        "192.0.2.1"),
                input -> {
                    String address = input.substring(0, Math.min(input.length(), LONGEST));
                    String domain = RegistrableDomain.of(address);
                    String host = address.toLowerCase(Locale.ROOT).replaceFirst(":\\d*$", "");
                    assertThat(host.endsWith(domain) || host.endsWith(domain + "."))
                            .isTrue();
                    if (host.matches("([a-z0-9-]+\\.)*[a-z0-9-]*[a-z]")) {
                        assertThat(domain).isNotEmpty();
                        if (host.indexOf('.') > 0) {
                            assertThat(RegistrableDomain.of("more." + host))
                                    .as("the host that a name below it counts for")
                                    .satisfiesAnyOf(
                                            of -> assertThat(of).isEqualTo(domain),
                                            of -> assertThat(host).isEqualTo(domain));
                        }
                    }
                    return domain.chars().filter(c -> c == '.').count() + " "
                            + host.chars().filter(c -> c == '.').count() + " " + domain.length() / 8;
                });
    }

    @Test
    void whereACodeGoesIsShownInOneLineOfAscii() {
        Fuzz.run(
                "destination",
                List.of(
                        "https://vscode.dev/redirect?a=b",
                        "http://127.0.0.1:33418/callback",
                        "https://user@evil.example:0443/../cb#x",
                        "https:\\\\evil.example\\@good.example/",
                        "cursor://anysphere.cursor-mcp/oauth",
                        "https://b\u00fccher.example\u3002:8443/",
                        "urn:ietf:wg:oauth:2.0:oob"),
                input -> {
                    Destination destination = Destination.of(input);
                    assertThat(destination
                                    .shown()
                                    .codePointCount(0, destination.shown().length()))
                            .isLessThanOrEqualTo(
                                    destination.kind() == Destination.Kind.UNKNOWN ? 301 : input.length() * 8);
                    assertThat(destination.shown().codePoints().noneMatch(InvisibleCharacter::is))
                            .isTrue();
                    if (destination.kind() == Destination.Kind.WEB) {
                        assertThat(destination.shown()).matches("(http://)?[a-z0-9.:\\[\\]-]+");
                    }
                    return destination.kind() + " " + destination.shown().length() / 8;
                });
    }

    /** The browser is sent to what comes out, so that two ways to write it would send it in a circle. */
    @Test
    void aQueryIsTidiedOnce() {
        Fuzz.run(
                "query",
                List.of(
                        "a=1&scope=%20offline_access&b=%2F",
                        "scope=+openid++mcp%3Atools+&resource=https%3A%2F%2Fa.example%2F%3Fx",
                        "resource=&scope=++&resource=%zz",
                        "scope=%C3%28%F0%9F%92%A9+%00&scope",
                        "&&scope=%2&resource=+"),
                input -> {
                    String query = input.replaceAll("[^!-~]", "%20"); // Keycloak's server refuses other characters
                    String tidied = ScopeParameter.tidied(query).orElse(query);
                    assertThat(ScopeParameter.tidied(tidied)).isEmpty();
                    ScopeParameter.tidied(query, sent -> sent.replaceFirst("\\?.*", ""))
                            .ifPresent(changed -> assertThat(
                                            ScopeParameter.tidied(changed, sent -> sent.replaceFirst("\\?.*", "")))
                                    .isEmpty());
                    return tidied.equals(query) + " " + tidied.split("&", -1).length + " "
                            + (query.length() - tidied.length()) / 4;
                });
    }
}
