package io.github.keycloakmcp.tests.integration.registration;

import java.util.Set;

import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

/** What must not become a client does not: a short reason for the developer, an event for the administrator. */
@KeycloakTest
class RefusedRegistrationIT {

    private static final String PACKAGE = "io.github.keycloakmcp.tests.integration.registration.";

    @ParameterizedTest
    @MethodSource(PACKAGE + "HostileRedirects#rows")
    @MethodSource(PACKAGE + "HostileMembers#rows")
    @MethodSource(PACKAGE + "HostileBodies#rows")
    void aHostileRegistrationIsRefusedWithAReason(Hostile row, McpRealm realm) {
        RefusalCheck.ofRegistrations(realm)
                .refused(() -> McpClient.of(realm).register(row.body()), row.status(), row.error())
                .notSaying("<", "\\", "\r", "\n", "\u0000", "\u202e");
    }

    @Test
    void aClientDoesNotChooseItsIdentifier(McpRealm realm) {
        ClientMetadata metadata = ClientMetadata.named("Hostile").with("client_id", "account");
        RefusalCheck.ofRegistrations(realm)
                .refused(() -> McpClient.of(realm).register(metadata), 400, "invalid_client_metadata")
                .saying("client_id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/xml"})
    void anotherContentTypeIsRefused(String type, McpRealm realm) {
        Set<String> before = Set.copyOf(realm.clients().ids());
        Response answer = given().contentType(type)
                .body(ClientMetadata.named("Hostile").json().toString())
                .post(McpClient.of(realm).server().registrationEndpoint());
        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(realm.clients().ids()).containsExactlyInAnyOrderElementsOf(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client_name",
                "scope",
                "grant_types",
                "response_types",
                "client_uri",
                "logo_uri",
                "jwks",
                "jwks_uri",
                "contacts",
                "application_type",
                "post_logout_redirect_uris"
            })
    void aNullMemberIsAnAbsentMember(String member, McpRealm realm) {
        ClientMetadata metadata = ClientMetadata.named("Null");
        String body = metadata.without(member).json().toString().replaceFirst("\\{", "{\"" + member + "\": null, ");
        McpClient.of(realm).register(body).expect(201);
    }
}
