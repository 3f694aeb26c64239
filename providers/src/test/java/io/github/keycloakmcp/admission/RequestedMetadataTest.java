package io.github.keycloakmcp.admission;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.keycloakmcp.rule.registration.ClientMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.representations.idm.ClientRepresentation;

import static org.assertj.core.api.Assertions.assertThat;

/** What the rule is told about the client that Keycloak is about to store. */
class RequestedMetadataTest {

    private final ClientRepresentation client = new ClientRepresentation();

    @Test
    void readsAClientOfWhichKeycloakKnowsNothing() {
        assertThat(RequestedMetadata.of(client))
                .isEqualTo(new ClientMetadata(
                        "",
                        "",
                        List.of(),
                        List.of(),
                        Map.of(),
                        Map.of(),
                        Set.of("authorization_code"),
                        Set.of("code"),
                        List.of()));
    }

    @Test
    void readsNameRedirectUrisAndScopes() {
        client.setName("Example");
        client.setRedirectUris(List.of("http://localhost/cb", "https://vscode.dev/redirect"));
        client.setOptionalClientScopes(List.of("mcp:tools", "offline_access"));
        ClientMetadata metadata = RequestedMetadata.of(client);
        assertThat(metadata.name()).isEqualTo("Example");
        assertThat(metadata.redirectUris()).containsExactly("http://localhost/cb", "https://vscode.dev/redirect");
        assertThat(metadata.scopes()).containsExactly("mcp:tools", "offline_access");
    }

    @Test
    void passesOverEntriesThatAreNullOrEmpty() {
        client.setRedirectUris(Arrays.asList("http://localhost/cb", null, ""));
        client.setOptionalClientScopes(Arrays.asList("", "phone", null));
        assertThat(RequestedMetadata.of(client).redirectUris()).containsExactly("http://localhost/cb");
        assertThat(RequestedMetadata.of(client).scopes()).containsExactly("phone");
    }

    @Test
    void readsEveryLinkThatKeycloakShowsToPeople() {
        client.setBaseUrl("https://a.example/client");
        OIDCAdvancedConfigWrapper keycloak = OIDCAdvancedConfigWrapper.fromClientRepresentation(client);
        keycloak.setLogoUri("https://a.example/logo");
        keycloak.setPolicyUri("https://a.example/policy");
        keycloak.setTosUri("https://a.example/tos");
        keycloak.setFrontChannelLogoutUrl("https://a.example/logout");
        assertThat(RequestedMetadata.of(client).links())
                .containsOnly(
                        Map.entry("client_uri", "https://a.example/client"),
                        Map.entry("logo_uri", "https://a.example/logo"),
                        Map.entry("policy_uri", "https://a.example/policy"),
                        Map.entry("tos_uri", "https://a.example/tos"),
                        Map.entry("frontchannel_logout_uri", "https://a.example/logout"));
    }

    @Test
    void readsEveryAddressThatKeycloakWouldCall() {
        OIDCAdvancedConfigWrapper keycloak = OIDCAdvancedConfigWrapper.fromClientRepresentation(client);
        keycloak.setJwksUrl("https://a.example/jwks");
        keycloak.setRequestUris(List.of("https://a.example/1", "https://a.example/2"));
        keycloak.setBackchannelLogoutUrl("https://a.example/logout");
        keycloak.setSectorIdentifierUri("https://a.example/sector");
        client.getAttributes().put("ciba.backchannel.client.notification.endpoint", "https://a.example/ciba");
        assertThat(RequestedMetadata.of(client).fetched())
                .containsOnly(
                        Map.entry("jwks_uri", "https://a.example/jwks"),
                        Map.entry("request_uris", "https://a.example/1"),
                        Map.entry("request_uris[1]", "https://a.example/2"),
                        Map.entry("backchannel_logout_uri", "https://a.example/logout"),
                        Map.entry("sector_identifier_uri", "https://a.example/sector"),
                        Map.entry("backchannel_client_notification_endpoint", "https://a.example/ciba"));
    }

    @Test
    void readsWhereAUserIsSentAfterLogout() {
        OIDCAdvancedConfigWrapper.fromClientRepresentation(client)
                .setPostLogoutRedirectUris(List.of("https://a.example/1", "https://a.example/2"));
        assertThat(RequestedMetadata.of(client).postLogoutRedirectUris())
                .containsExactly("https://a.example/1", "https://a.example/2");
    }

    @Test
    void readsEmptyUrisAsNone() {
        client.setBaseUrl("");
        client.setAttributes(Map.of("logoUri", "", "jwks.url", "", "post.logout.redirect.uris", "##"));
        ClientMetadata metadata = RequestedMetadata.of(client);
        assertThat(metadata.links()).isEmpty();
        assertThat(metadata.fetched()).isEmpty();
        assertThat(metadata.postLogoutRedirectUris()).isEmpty();
    }

    @Test
    void readsTheGrantsThatKeycloakHasAFieldFor() {
        client.setStandardFlowEnabled(false);
        client.setImplicitFlowEnabled(true);
        client.setDirectAccessGrantsEnabled(true);
        client.setServiceAccountsEnabled(true);
        client.setAuthorizationServicesEnabled(true);
        ClientMetadata metadata = RequestedMetadata.of(client);
        assertThat(metadata.grantTypes())
                .containsExactlyInAnyOrder(
                        "implicit", "password", "client_credentials", "urn:ietf:params:oauth:grant-type:uma-ticket");
        assertThat(metadata.responseTypes()).contains("token");
    }

    @ParameterizedTest
    @CsvSource({
        "oauth2.device.authorization.grant.enabled, urn:ietf:params:oauth:grant-type:device_code",
        "oidc.ciba.grant.enabled, urn:openid:params:grant-type:ciba",
        "standard.token.exchange.enabled, urn:ietf:params:oauth:grant-type:token-exchange",
        "oauth2.jwt.authorization.grant.enabled, urn:ietf:params:oauth:grant-type:jwt-bearer"
    })
    void readsTheGrantsThatKeycloakKeepsInAttributes(String attribute, String grant) {
        client.setAttributes(Map.of(attribute, "true"));
        assertThat(RequestedMetadata.of(client).grantTypes()).containsExactlyInAnyOrder("authorization_code", grant);
        client.setAttributes(Map.of(attribute, "false"));
        assertThat(RequestedMetadata.of(client).grantTypes()).containsExactly("authorization_code");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsACodeUnlessItIsSwitchedOff(boolean code) {
        client.setStandardFlowEnabled(code);
        assertThat(RequestedMetadata.of(client).grantTypes().contains("authorization_code"))
                .isEqualTo(code);
    }
}
