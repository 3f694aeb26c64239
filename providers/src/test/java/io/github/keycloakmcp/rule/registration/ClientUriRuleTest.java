package io.github.keycloakmcp.rule.registration;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.keycloakmcp.rule.Verdicts.assertRefused;
import static io.github.keycloakmcp.rule.Verdicts.decidedBy;
import static org.assertj.core.api.Assertions.assertThat;

/** What a page may link to, and what the server may be made to call. */
class ClientUriRuleTest {

    private static final ClientUriRule RULE =
            new ClientUriRule(new RedirectUriRule(List.of(new TrustedHost("keys.example")), Set.of("cursor"), true));

    @ParameterizedTest
    @ValueSource(
            strings = {"https://anywhere.example/logo.png", "https://keys.example", "http://localhost:3000/logo.png"})
    void acceptsAnOrdinaryWebAddressAsALink(String uri) {
        ClientMetadata metadata = Metadata.linkedTo(Map.of("logo_uri", uri));
        assertThat(decidedBy(RULE.judge(metadata))).isSameAs(metadata);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "javascript://anywhere.example/alert(1)",
                "data:text/html,x",
                "cursor://host/logo",
                "http://anywhere.example/logo.png",
                "file:///etc/passwd",
                "/logo.png",
                "https://user@anywhere.example/",
                "https://anywhere.example/<script>",
                "nonsense"
            })
    void refusesALinkThatIsNoPlainWebAddressAndNamesTheMember(String uri) {
        for (String member : List.of("client_uri", "logo_uri", "policy_uri", "tos_uri", "frontchannel_logout_uri")) {
            assertRefused(
                    RULE.judge(Metadata.linkedTo(Map.of(member, uri))),
                    "invalid_client_metadata",
                    member + " must be an https address");
        }
    }

    @Test
    void letsTheServerCallATrustedHost() {
        ClientMetadata metadata = Metadata.fetchedFrom(
                Map.of("jwks_uri", "https://keys.example/jwks", "request_uris", "https://keys.example:443/r"));
        assertThat(decidedBy(RULE.judge(metadata))).isSameAs(metadata);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://anywhere.example/jwks",
                "https://keys.example:8443/jwks",
                "https://keys.example.evil.example/jwks",
                "https://keys.example@evil.example/jwks",
                "https://127.0.0.1/jwks",
                "https://169.254.169.254/latest/meta-data",
                "https://[::1]/jwks",
                "http://keys.example/jwks",
                "http://localhost:8080/admin",
                "http://127.0.0.1:9000/metrics",
                "file:///etc/passwd",
                "cursor://host/jwks",
                "nonsense"
            })
    void neverLetsTheServerBeSentIntoItsOwnNetwork(String uri) {
        for (String member : List.of("jwks_uri", "request_uris[1]", "backchannel_logout_uri")) {
            assertRefused(
                    RULE.judge(Metadata.fetchedFrom(Map.of(member, uri))),
                    "invalid_client_metadata",
                    member + " must be an https address on a host that is trusted here");
        }
    }

    @Test
    void hasNothingToSayAboutAClientWithoutUris() {
        ClientMetadata metadata = Metadata.ordinary();
        assertThat(decidedBy(RULE.judge(metadata))).isSameAs(metadata);
    }
}
