package io.github.keycloakmcp.registration;

import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.keycloakmcp.rule.Cases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.oidc.OIDCClientRepresentation;
import org.keycloak.util.JsonSerialization;

import static io.github.keycloakmcp.rule.Verdicts.assertRefused;
import static io.github.keycloakmcp.rule.Verdicts.decidedBy;
import static org.assertj.core.api.Assertions.assertThat;

/** How the body of a registration request is read. */
class MetadataReaderTest {

    private static final String ERROR = "invalid_client_metadata";
    private static final String NO_OBJECT = "client metadata must be one JSON object";
    private static final String TOO_DEEP =
            "client metadata is nested too deeply, or a name or number in it is too long";

    @Test
    void readsWhatRealClientsSend() {
        OIDCClientRepresentation client = decidedBy(MetadataReader.read("""
                {"client_name": "Example", "redirect_uris": ["http://localhost:1/cb"], "grant_types":
                ["authorization_code", "refresh_token"], "token_endpoint_auth_method": "none", "scope": "a b"}"""));
        assertThat(client.getClientName()).isEqualTo("Example");
        assertThat(client.getRedirectUris()).containsExactly("http://localhost:1/cb");
        assertThat(client.getGrantTypes()).containsExactly("authorization_code", "refresh_token");
        assertThat(client.getTokenEndpointAuthMethod()).isEqualTo("none");
        assertThat(client.getScope()).isEqualTo("a b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"software_statement\": \"x.y.z\"}",
                "{\"client_name#ja\": \"x\"}",
                "{\"unknown\": {\"deep\": [1, {\"a\": null}]}}",
                "{\"redirect_uris\": null}",
                "{\"jwks\": {\"keys\": [], \"unknown\": 1}}"
            })
    void ignoresWhatItDoesNotUnderstand(String body) {
        decidedBy(MetadataReader.read(body));
    }

    /** Keycloak understands these, calls what they name or stores them unchecked; an OAuth 2.1 client needs none. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "request_uris",
                "sector_identifier_uri",
                "backchannel_logout_uri",
                "frontchannel_logout_uri",
                "backchannel_client_notification_endpoint",
                "initiate_login_uri",
                "subject_type",
                "client_secret",
                "registration_access_token",
                "id_token_encrypted_response_alg",
                "tls_client_auth_subject_dn",
                "default_acr_values"
            })
    void ignoresWhatKeycloakUnderstandsButNoClientNeeds(String member) throws JsonProcessingException {
        OIDCClientRepresentation nothing = decidedBy(MetadataReader.read("{}"));
        OIDCClientRepresentation client = decidedBy(MetadataReader.read("{\"" + member + "\": \"https://a.example\"}"));
        assertThat(JsonSerialization.mapper.writeValueAsString(client))
                .isEqualTo(JsonSerialization.mapper.writeValueAsString(nothing));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    redirect_uris     | {"redirect_uris": "http://localhost/cb"}
                    redirect_uris     | {"redirect_uris": {"a": "b"}}
                    redirect_uris     | {"redirect_uris": [["http://localhost/cb"]]}
                    client_name       | {"client_name": ["Example"]}
                    client_name       | {"client_name": {"en": "Example"}}
                    scope             | {"scope": ["a", "b"]}
                    grant_types       | {"client_name": "x", "grant_types": "authorization_code"}
                    dpop_bound_access_tokens | {"dpop_bound_access_tokens": "perhaps"}
                    jwks              | {"jwks": "none"}
                    """)
    void namesTheMemberThatHasTheWrongType(String member, String body) {
        assertRefused(MetadataReader.read(body), ERROR, "member has the wrong type: " + member);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "[{}]",
                "\"text\"",
                "\"\"",
                "1",
                "true",
                "{",
                "{\"client_name\": \"x\"",
                "{client_name: \"x\"}",
                "{\"client_name\": \"x\",}",
                "{\"client_name\": \"a\nb\"}",
                "{} {}",
                "{}{}",
                "{}[]",
                "{},",
                "{}}",
                "{}]",
                "{} x",
                "{} null",
                "{} \"\"",
                "{}//",
                "{}\u0000",
                "{\"client_name\": \"x\"} trailing",
                "{\"client_name\": \"x\"}{\"client_name\": \"y\"}",
                "client_name=x&redirect_uris=y",
                "<html/>",
                "\u0000",
                "\ud800"
            })
    void refusesWhatIsNoJsonObject(String body) {
        assertRefused(MetadataReader.read(body), ERROR, NO_OBJECT);
    }

    @ParameterizedTest
    @ValueSource(strings = {" {}", "{} ", "\n{\t}\r\n "})
    void forgivesWhiteSpaceAroundTheObject(String body) {
        decidedBy(MetadataReader.read(body));
    }

    @Test
    void readsALongBodyUpToTheLimit() {
        String longest = "{\"x\":\"" + "y".repeat(MetadataReader.MAX_LENGTH - 8) + "\"}";
        assertThat(longest).hasSize(MetadataReader.MAX_LENGTH);
        decidedBy(MetadataReader.read(longest));
        assertRefused(MetadataReader.read(longest + " "), ERROR, "may have 65536 characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s",
                "{\"unknown\":%s}",
                "{\"redirect_uris\":%s}",
                "{\"redirect_uris\":[%s]}",
                "{\"client_name\":%s}",
                "{\"jwks\":%s}",
                "{\"jwks\":{\"keys\":[{\"kty\":%s}]}}",
                "{\"jwks\":{\"keys\":[{\"unknown\":%s}]}}"
            })
    void survivesTenThousandLevels(String body) {
        String arrays = "[".repeat(10_000) + "]".repeat(10_000);
        String objects = "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000);
        for (String deep : List.of(arrays, objects, "[".repeat(10_000))) {
            assertRefused(MetadataReader.read(body.formatted(deep)), ERROR, TOO_DEEP);
        }
    }

    @Test
    void survivesANumberThatIsTooLongToRead() {
        String digits = "9".repeat(20_000);
        assertRefused(MetadataReader.read("{\"dpop_bound_access_tokens\":" + digits + "}"), ERROR, TOO_DEEP);
        assertRefused(MetadataReader.read("{\"unknown\":1e" + digits + "}"), ERROR, TOO_DEEP);
        assertRefused(
                MetadataReader.read("{\"" + "x".repeat(60_000) + "\":1}"), ERROR, "a name or number in it is too long");
    }

    @Test
    void showsAnUnreadableMemberWithoutWhatAPageWouldActOn() {
        assertRefused(
                MetadataReader.read("{\"redirect_uris\": {\"<script>\": 1}}"), ERROR, "wrong type: redirect_uris");
    }

    @Test
    void neverThrowsWhateverIsSent() {
        Cases.check(5_000, chance -> chance.text(200), any -> {
            assertThat(MetadataReader.read(any)).isNotNull();
            assertThat(MetadataReader.read("{\"client_name\":\"" + any + "\"}")).isNotNull();
            assertThat(MetadataReader.read("{\"" + any + "\":[" + any + "]}")).isNotNull();
        });
    }
}
