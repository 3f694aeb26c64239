package io.github.keycloakmcp.registration;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

import io.github.keycloakmcp.rule.Fuzz;
import io.github.keycloakmcp.rule.Verdict;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.oidc.OIDCClientRepresentation;

import static org.assertj.core.api.Assertions.assertThat;

/** The body of a registration. */
class MetadataFuzzTest {

    @Test
    void aRegistrationIsReadWithoutWhatKeycloakWouldFetchOrFailFor() {
        Fuzz.run(
                "registration",
                List.of(
                        "{\"client_name\":\"App\",\"redirect_uris\":[\"http://localhost/cb\"],\"application_type\":\"native\"}",
                        "{\"grant_types\":[\"authorization_code\",\"refresh_token\",null],\"response_types\":[\"code\"],"
                                + "\"token_endpoint_auth_method\":\"none\",\"scope\":\"openid mcp:tools\"}",
                        "{\"jwks\":{\"keys\":[{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}]},\"contacts\":[\"a\"],"
                                + "\"dpop_bound_access_tokens\":true,\"grant_types\":[\"implicit\"]}",
                        "{\"request_uris\":[\"http://169.254.169.254/\"],\"sector_identifier_uri\":\"x\","
                                + "\"backchannel_logout_uri\":\"x\",\"id_token_signed_response_alg\":\"none\"}",
                        "{\"client_uri\":1,\"redirect_uris\":\"x\",\"tos_uri\":{}}",
                        "[{}]null"),
                input -> Fuzz.kind(read(input), metadata -> {
                    assertThat(metadata.getRequestUris()).isNull();
                    assertThat(metadata.getSectorIdentifierUri()).isNull();
                    assertThat(metadata.getBackchannelLogoutUri()).isNull();
                    assertThat(metadata.getIdTokenSignedResponseAlg()).isNull();
                    assertThat(metadata.getClientSecret()).isNull();
                    if (metadata.getGrantTypes() != null) {
                        assertThat(metadata.getGrantTypes().stream().filter(Objects::nonNull))
                                .doesNotContain("implicit", "password");
                    }
                    return (metadata.getTokenEndpointAuthMethod() == null ? "" : "method")
                            + (metadata.getRedirectUris() == null
                                    ? ""
                                    : " "
                                            + Math.min(
                                                    3,
                                                    metadata.getRedirectUris().size()))
                            + (metadata.getJwks() == null ? "" : " jwks")
                            + (metadata.getScope() == null ? "" : " scope")
                            + (metadata.getClientName() == null ? "" : " name");
                }));
    }

    private static Verdict<OIDCClientRepresentation> read(String body) {
        try {
            return MetadataReader.read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new AssertionError("a body in memory can be read", e);
        }
    }
}
