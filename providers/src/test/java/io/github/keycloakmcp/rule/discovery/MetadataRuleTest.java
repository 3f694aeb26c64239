package io.github.keycloakmcp.rule.discovery;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class MetadataRuleTest {

    private static final MetadataRule RULE = new MetadataRule(Set.of("openid", "mcp:tools"), List.of(), false, false);

    @ParameterizedTest
    @CsvSource({
        "scopes_supported, openid roles mcp:tools web-origins, openid mcp:tools",
        "scopes_supported, openid, openid",
        "grant_types_supported, authorization_code implicit password refresh_token, authorization_code refresh_token",
        "grant_types_supported, client_credentials urn:ietf:params:oauth:grant-type:device_code, "
                + "client_credentials urn:ietf:params:oauth:grant-type:device_code",
        "grant_types_supported, authorization_code urn:openid:params:grant-type:ciba, authorization_code",
        "grant_types_supported, authorization_code urn:ietf:params:oauth:grant-type:uma-ticket, authorization_code",
        "response_types_supported, code none id_token token code id_token token, code code",
        "token_endpoint_auth_methods_supported, private_key_jwt, private_key_jwt none",
        "token_endpoint_auth_methods_supported, none private_key_jwt none, private_key_jwt none",
        "revocation_endpoint_auth_methods_supported, private_key_jwt, private_key_jwt none",
        "introspection_endpoint_auth_methods_supported, private_key_jwt none, private_key_jwt",
        "code_challenge_methods_supported, plain S256, S256",
        "response_modes_supported, query fragment form_post jwt, query fragment form_post jwt",
        "subject_types_supported, public pairwise, public pairwise",
    })
    void saysOfAListWhatConcernsMcpClients(String member, String keycloaks, String said) {
        assertThat(RULE.applyTo(Map.of(member, List.of(keycloaks.split(" ", -1)))))
                .containsEntry(member, List.of(said.split(" ", -1)));
    }

    @Test
    void leavesOutWhatHasNoValues() {
        assertThat(RULE.applyTo(Map.of("scopes_supported", List.of("roles"), "acr_values_supported", List.of())))
                .doesNotContainKeys("scopes_supported", "acr_values_supported", "protected_resources");
    }

    @Test
    void saysNothingThatKeycloakDoesNotSay() {
        assertThat(RULE.applyTo(Map.of("issuer", "https://kc.example/realms/mcp")))
                .isEqualTo(Map.of(
                        "issuer",
                        "https://kc.example/realms/mcp",
                        "code_challenge_methods_supported",
                        List.of("S256")));
    }

    @Test
    void namesTheServersInTheirOrder() {
        List<String> servers = List.of("https://b.example/mcp", "https://a.example/mcp");
        assertThat(new MetadataRule(Set.of(), servers, false, false).applyTo(Map.of()))
                .containsEntry("protected_resources", servers);
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "true,", "false, true", "false, false", "false,"})
    void offersMetadataDocumentsExactlyWhereTheyAreRead(boolean documents, @Nullable Boolean keycloaks) {
        Map<String, Object> before =
                keycloaks == null ? Map.of() : Map.of("client_id_metadata_document_supported", keycloaks);
        Map<String, Object> said = new MetadataRule(Set.of(), List.of(), documents, false).applyTo(before);
        assertThat(said.get("client_id_metadata_document_supported")).isEqualTo(documents ? true : null);
    }

    @Test
    void keepsTheOrderOfTheMembers() {
        Map<String, Object> keycloaks = new LinkedHashMap<>();
        keycloaks.put("issuer", "https://kc.example/realms/mcp");
        keycloaks.put("token_endpoint", "https://kc.example/token");
        keycloaks.put("grant_types_supported", List.of("authorization_code"));
        assertThat(RULE.applyTo(keycloaks).keySet()).startsWith("issuer", "token_endpoint", "grant_types_supported");
    }

    @Test
    void offersIdentityAssertionsWhereSomebodyMayIssueThem() {
        String member = "authorization_grant_profiles_supported";
        assertThat(new MetadataRule(Set.of(), List.of(), false, true).applyTo(Map.of()))
                .containsEntry(member, List.of("urn:ietf:params:oauth:grant-profile:id-jag"));
        assertThat(new MetadataRule(Set.of(), List.of(), false, false).applyTo(Map.of(member, List.of("other"))))
                .doesNotContainKey(member);
    }
}
