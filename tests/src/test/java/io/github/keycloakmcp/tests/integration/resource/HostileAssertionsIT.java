package io.github.keycloakmcp.tests.integration.resource;

import java.util.Map;

import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.HttpReply;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.TokenReply;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** More than two hundred assertions with one thing wrong: no token, no server error, and a reason that an administrator finds. */
@KeycloakTest
class HostileAssertionsIT {

    private static final String ID = "attacked";
    private static final String SECRET = "secret-of-the-attacked";
    private static final String EVENT = "JWT_AUTHORIZATION_GRANT_ERROR";

    @Test
    void noneOfThemIsAccepted(McpRealm realm) {
        Enterprise enterprise = Enterprise.trustedBy(realm, "alice");
        realm.clients().create("""
                        {"clientId": "%s", "secret": "%s", "publicClient": false, "standardFlowEnabled": false,
                         "defaultClientScopes": ["basic", "profile", "mcp:tools"],
                         "attributes": {"oauth2.jwt.authorization.grant.enabled": "true",
                           "oauth2.jwt.authorization.grant.idp": "%s"}}
                        """.formatted(ID, SECRET, Enterprise.ALIAS));
        McpClient client = McpClient.of(realm).identifiedBy(ID, SECRET, ClientMetadata.LOOPBACK);
        Map<String, String> hostile = new HostileAssertion(enterprise, ID, realm.issuer(), McpRealm.SERVER_A).all();
        assertThat(hostile).hasSizeGreaterThan(200);
        realm.clearEvents();
        SoftAssertions all = new SoftAssertions();
        hostile.forEach((wrong, assertion) -> {
            HttpReply reply = present(client, assertion).reply();
            all.assertThat(reply.statusCode())
                    .as("%s: %s", wrong, reply.bodyWithoutTokens())
                    .isEqualTo(400);
            all.assertThat(Json.parse(reply.body()).path("error").asText())
                    .as("%s: %s", wrong, reply.bodyWithoutTokens())
                    .isEqualTo("invalid_grant");
            all.assertThat(Json.parse(reply.body()).path("error_description").asText())
                    .as(wrong)
                    .isNotBlank();
        });
        all.assertAll();
        assertThat(realm.events()).allSatisfy(event -> assertThat(event.type()).isEqualTo(EVENT));
        TokenAssertion.assertThat(present(
                                client,
                                enterprise.vouch("alice", ID, realm.issuer(), Map.of("resource", McpRealm.SERVER_A)))
                        .tokens())
                .as("the same with nothing wrong")
                .isFor(McpRealm.SERVER_A);
    }

    private static TokenReply present(McpClient client, String assertion) {
        return client.token(Form.of("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer")
                .with("assertion", assertion));
    }
}
