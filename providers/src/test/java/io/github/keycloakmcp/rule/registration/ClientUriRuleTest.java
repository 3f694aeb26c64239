package io.github.keycloakmcp.rule.registration;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.keycloakmcp.rule.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.keycloakmcp.rule.Verdicts.assertRefused;
import static io.github.keycloakmcp.rule.Verdicts.decidedBy;
import static io.github.keycloakmcp.rule.Verdicts.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;

/** What a page may link to, and what the server may be made to call. */
class ClientUriRuleTest {

    private static final ClientUriRule RULE = new ClientUriRule(
            new RedirectUriRule(List.of(new TrustedHost("keys.example")), Set.of("cursor"), true, List.of(), false));

    @ParameterizedTest
    @ValueSource(
            strings = {"https://anywhere.example/logo.png", "https://keys.example", "http://localhost:3000/logo.png"})
    void acceptsAnOrdinaryWebAddressAsALink(String uri) {
        ClientMetadata metadata = Metadata.linkedTo(Map.of("logo_uri", uri));
        assertThat(decidedBy(RULE.judge(metadata))).isSameAs(metadata);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    javascript:alert(1)                    | the URI must be absolute, with a path: javascript:alert(1)
                    javascript://anywhere.example/alert(1) | must be an https address
                    data:text/html,x                       | the URI must be absolute, with a path: data:text/html,x
                    cursor://host/logo                     | must be an https address
                    http://anywhere.example/logo.png       | http is allowed for loopback addresses only
                    file:///etc/passwd                     | must be an https address
                    /logo.png                              | the URI must be absolute, with a path: /logo.png
                    https://user@anywhere.example/         | the URI must not contain a user name or an empty port
                    https://anywhere.example/<script>      | special characters: https://anywhere.example/?script?
                    https://anywhere.example/logo#dark     | the URI must not contain a wildcard, a fragment, white space
                    https://anywhere.example:99999/logo    | the port of the URI must be 0 to 65535
                    https://anywhere.example/../logo       | not contain dot segments or encoded separators
                    nonsense                               | the URI must be absolute, with a path: nonsense
                    """)
    void refusesALinkThatIsNoPlainWebAddressAndNamesTheMember(String uri, String problem) {
        for (String member : List.of("client_uri", "logo_uri", "policy_uri", "tos_uri", "frontchannel_logout_uri")) {
            assertRefused(RULE.judge(Metadata.linkedTo(Map.of(member, uri))), "invalid_client_metadata", problem);
            assertThat(refusalOf(RULE.judge(Metadata.linkedTo(Map.of(member, uri))))
                            .description())
                    .startsWith(member + ": ");
        }
    }

    @Test
    void saysWhatIsWrongWithALongUriInFewWords() {
        String tooLong = "https://anywhere.example/" + "x".repeat(1_000);
        for (ClientMetadata metadata : List.of(
                Metadata.linkedTo(Map.of("logo_uri", tooLong)), Metadata.fetchedFrom(Map.of("jwks_uri", tooLong)))) {
            String description = refusalOf(RULE.judge(metadata)).description();
            assertThat(description)
                    .contains("_uri: the URI must have 1 to 255 characters: https://anywhere.example/xxx")
                    .doesNotContain("must be an https address")
                    .hasSizeLessThanOrEqualTo(Refusal.MAX_DESCRIPTION);
        }
    }

    @Test
    void letsTheServerCallATrustedHost() {
        ClientMetadata metadata = Metadata.fetchedFrom(
                Map.of("jwks_uri", "https://keys.example/jwks", "request_uris", "https://keys.example:443/r"));
        assertThat(decidedBy(RULE.judge(metadata))).isSameAs(metadata);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    https://anywhere.example/jwks            | must be an https address on a host that this realm trusts
                    https://keys.example:8443/jwks           | must be an https address on a host that this realm trusts
                    https://keys.example.evil.example/jwks   | must be an https address on a host that this realm trusts
                    https://keys.example@evil.example/jwks   | the URI must not contain a user name or an empty port
                    https://127.0.0.1/jwks                   | must be an https address on a host that this realm trusts
                    https://169.254.169.254/latest/meta-data | must be an https address on a host that this realm trusts
                    https://[::1]/jwks                       | an https URI must have a plain host name
                    http://keys.example/jwks                 | http is allowed for loopback addresses only
                    http://localhost:8080/admin              | must be an https address on a host that this realm trusts
                    http://127.0.0.1:9000/metrics            | must be an https address on a host that this realm trusts
                    file:///etc/passwd                       | must be an https address on a host that this realm trusts
                    cursor://host/jwks                       | must be an https address on a host that this realm trusts
                    https://keys.example/jwks#x              | the URI must not contain a wildcard, a fragment, white space
                    nonsense                                 | the URI must be absolute, with a path: nonsense
                    """)
    void neverLetsTheServerBeSentIntoItsOwnNetwork(String uri, String problem) {
        for (String member : List.of("jwks_uri", "request_uris[1]", "backchannel_logout_uri")) {
            assertRefused(
                    RULE.judge(Metadata.fetchedFrom(Map.of(member, uri))), "invalid_client_metadata", member + ": ");
            assertThat(refusalOf(RULE.judge(Metadata.fetchedFrom(Map.of(member, uri))))
                            .description())
                    .contains(problem);
        }
    }

    @Test
    void hasNothingToSayAboutAClientWithoutUris() {
        ClientMetadata metadata = Metadata.ordinary();
        assertThat(decidedBy(RULE.judge(metadata))).isSameAs(metadata);
    }
}
