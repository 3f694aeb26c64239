package io.github.keycloakmcp.tests.integration.registration;

import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must not become a client does not: a short reason for the developer, an event for the administrator. */
@KeycloakTest
class RefusedRegistrationIT {

    private static final String PACKAGE = "io.github.keycloakmcp.tests.integration.registration.";

    @ParameterizedTest
    @MethodSource(PACKAGE + "HostileRedirects#rows")
    @MethodSource(PACKAGE + "HostileAuthorities#rows")
    @MethodSource(PACKAGE + "HostileSpellings#rows")
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
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/xml",
                "application/jsonp",
                "application/jose+xml",
                "text/json",
                "*/*"
            })
    void anotherContentTypeIsRefused(String type, McpRealm realm) {
        String good = ClientMetadata.named("Hostile").json().toString();
        Http http = Http.plain().with("Content-Type", type);
        RefusalCheck.ofRegistrations(realm)
                .refused(
                        () -> http.raw("POST", McpClient.of(realm).server().registrationEndpoint(), good),
                        415,
                        "invalid_client_metadata")
                .saying("application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "APPLICATION/JSON; charset=utf-8", "application/json ;x=\"y\"", ""})
    void jsonIsReadHoweverItIsSpelt(String type, McpRealm realm) {
        String good = ClientMetadata.named("Spelt").json().toString();
        Http http = type.isEmpty() ? Http.plain() : Http.plain().with("Content-Type", type);
        http.raw("POST", McpClient.of(realm).server().registrationEndpoint(), good)
                .expect(201);
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
