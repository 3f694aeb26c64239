package io.github.keycloakmcp.registration;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.keycloakmcp.rule.Verdict;
import org.jspecify.annotations.Nullable;
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

    @Test
    void readsWhatRealClientsSend() {
        OIDCClientRepresentation client = decidedBy(read("""
                {"client_name": "Example", "redirect_uris": ["http://localhost:1/cb"], "grant_types":
                ["authorization_code", "refresh_token"], "token_endpoint_auth_method": "none", "scope": "a b"}"""));
        assertThat(client.getClientName()).isEqualTo("Example");
        assertThat(client.getRedirectUris()).containsExactly("http://localhost:1/cb");
        assertThat(client.getGrantTypes()).containsExactly("authorization_code", "refresh_token");
        assertThat(client.getTokenEndpointAuthMethod()).isEqualTo("none");
        assertThat(client.getScope()).isEqualTo("a b");
    }

    @ParameterizedTest
    @CsvSource({
        "none, ''",
        "none, '\"application_type\": \"native\"'",
        "none, '\"token_endpoint_auth_method\": null'",
        ", '\"application_type\": \"web\"'",
        "client_secret_post, '\"token_endpoint_auth_method\": \"client_secret_post\"'"
    })
    void aProgramThatDoesNotSayHowItAuthenticatesIsPublicAndForAWebServerNothingIsWrittenDown(
            @Nullable String method, String member) {
        String more = member.isEmpty() ? "" : ", " + member;
        OIDCClientRepresentation client =
                decidedBy(read("{\"redirect_uris\": [\"http://localhost:1/cb\", null]" + more + "}"));
        assertThat(client.getTokenEndpointAuthMethod()).isEqualTo(method);
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
        decidedBy(read(body));
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
        OIDCClientRepresentation nothing = decidedBy(read("{}"));
        OIDCClientRepresentation client = decidedBy(read("{\"" + member + "\": \"https://a.example\"}"));
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
                    dpop_bound_access_tokens | {"dpop_bound_access_tokens": "true"}
                    dpop_bound_access_tokens | {"dpop_bound_access_tokens": 1}
                    dpop_bound_access_tokens | {"dpop_bound_access_tokens": ""}
                    client_name       | {"client_name": 5}
                    client_name       | {"client_name": 5.5}
                    client_name       | {"client_name": true}
                    redirect_uris     | {"redirect_uris": [5]}
                    contacts          | {"contacts": [false]}
                    jwks              | {"jwks": "none"}
                    """)
    void namesTheMemberThatHasTheWrongType(String member, String body) {
        assertRefused(read(body), ERROR, "wrong JSON type: " + member);
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
                "{\"client_name\": \"x\", \"client_name\": \"y\"}",
                "{\"unknown\": {\"a\": 1, \"a\": 1}}",
                "{}\u0000",
                "{\"client_name\": \"x\"} trailing",
                "{\"client_name\": \"x\"}{\"client_name\": \"y\"}",
                "client_name=x&redirect_uris=y",
                "<html/>",
                "\u0000",
                "\ud800"
            })
    void refusesWhatIsNoJsonObject(String body) {
        assertRefused(read(body), ERROR, NO_OBJECT);
    }

    @ParameterizedTest
    @ValueSource(strings = {" {}", "{} ", "\n{\t}\r\n "})
    void forgivesWhiteSpaceAroundTheObject(String body) {
        decidedBy(read(body));
    }

    @Test
    void wantsTheClientIdInAnUpdateAndNoneInARegistration() {
        OIDCClientRepresentation none = decidedBy(read("{}"));
        OIDCClientRepresentation own = decidedBy(read("{\"client_id\": \"a\"}"));
        assertThat(decidedBy(MetadataReader.of(null, none))).isSameAs(none);
        assertThat(decidedBy(MetadataReader.of("a", own))).isSameAs(own);
        assertRefused(MetadataReader.of("b", own), ERROR, "client_id must be the client's own in an update");
        assertRefused(MetadataReader.of("A", own), ERROR, "client_id must be the client's own in an update");
        assertRefused(MetadataReader.of("a", none), ERROR, "client_id must be the client's own in an update");
        assertRefused(MetadataReader.of(null, own), ERROR, "absent in a registration");
    }

    @Test
    void showsAnUnreadableMemberWithoutWhatAPageWouldActOn() {
        assertRefused(read("{\"redirect_uris\": {\"<script>\": 1}}"), ERROR, "wrong JSON type: redirect_uris");
    }

    private static Verdict<OIDCClientRepresentation> read(String body) {
        return read(body.getBytes(StandardCharsets.UTF_8));
    }

    private static Verdict<OIDCClientRepresentation> read(byte[] body) {
        try {
            return MetadataReader.read(new ByteArrayInputStream(body));
        } catch (IOException e) {
            throw new AssertionError("a body in memory can be read", e);
        }
    }
}
