package io.github.keycloakmcp.tests.integration.registration;

import java.net.URI;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Registration;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

/** Keycloak has further registration endpoints that write its own representation; no rule could judge that. */
@KeycloakTest
class OtherEndpointsIT {

    @Test
    void nobodyRegistersInKeycloaksOwnRepresentation(McpRealm realm) {
        String client = "{\"clientId\": \"raw\", \"redirectUris\": [\"http://127.0.0.1/cb\"]}";
        RefusalCheck.ofRegistrations(realm)
                .refused(
                        () -> Http.plain().json("POST", endpoint(realm, "default"), client),
                        400,
                        "invalid_client_metadata")
                .saying("registration_endpoint");
    }

    @Test
    void nobodyRegistersASamlClient(McpRealm realm) {
        String descriptor = """
                <EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://sp.example">
                  <SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
                    <AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
                        Location="https://evil.example/acs" index="1"/>
                  </SPSSODescriptor>
                </EntityDescriptor>
                """;
        realm.clearEvents();
        Response answer = given().contentType("application/xml")
                .body(descriptor)
                .post(endpoint(realm, "saml2-entity-descriptor"));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.jsonPath().getString("error")).isEqualTo("invalid_client_metadata");
        assertThat(realm.events("CLIENT_REGISTER_ERROR")).hasSize(1);
        assertThat(realm.clients().contains("https://sp.example")).isFalse();
    }

    @Test
    void aRegistrationAccessTokenDoesNotOpenTheRawRepresentation(McpRealm realm) {
        Registration mine = McpClient.of(realm).register(ClientMetadata.unique("Managed"));
        JsonNode before = realm.clients().get(mine.clientId());
        URI raw = URI.create(endpoint(realm, "default") + "/" + mine.clientId());
        String wider = """
                {"clientId": "%s", "redirectUris": ["https://evil.example/*"], "fullScopeAllowed": true,
                 "consentRequired": false, "serviceAccountsEnabled": true}
                """.formatted(mine.clientId());
        RefusalCheck.ofUpdates(realm)
                .refused(
                        () -> Http.plain()
                                .with("Authorization", "Bearer " + mine.managementToken())
                                .json("PUT", raw, wider),
                        400,
                        "invalid_client_metadata")
                .saying("registration_endpoint");
        assertThat(realm.clients().get(mine.clientId())).isEqualTo(before);
    }

    @Test
    void aRegistrationAccessTokenNeitherReadsNorRemovesTheClientThere(McpRealm realm) {
        ClientMetadata metadata = ClientMetadata.unique("Kept");
        Registration mine = McpClient.of(realm).register(metadata);
        for (String endpoint : List.of("default", "install")) {
            URI raw = URI.create(endpoint(realm, endpoint) + "/" + mine.clientId());
            Http http = Http.plain().with("Authorization", "Bearer " + mine.managementToken());
            ErrorAssertion.assertRefused(http.get(raw), 400).hasError("invalid_client_metadata");
            assertThat(http.delete(raw).statusCode()).as(endpoint).isIn(400, 404, 405);
        }
        assertThat(realm.clients().contains(mine.clientId())).isTrue();
        McpClient.of(realm).readRegistration(mine).expect(200);
        assertThat(McpClient.of(realm).deleteRegistration(mine).statusCode()).isEqualTo(204);
    }

    private static URI endpoint(McpRealm realm, String provider) {
        return URI.create(realm.issuer() + "/clients-registrations/" + provider);
    }
}
