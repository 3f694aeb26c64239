package io.github.keycloakmcp.tests.integration.resource;

import java.util.List;

import io.github.keycloakmcp.tests.client.AuthorizationReply;
import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenReply;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.keycloakmcp.tests.integration.resource.BoundOrNothing.assertInsideCatalogue;
import static io.github.keycloakmcp.tests.integration.resource.BoundOrNothing.assertSafe;
import static io.github.keycloakmcp.tests.integration.resource.BoundOrNothing.parameter;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Grants that an administrator can still switch on for a client with the MCP scope. Whatever comes of them, a token is
 * for one declared server or there is none.
 */
@KeycloakTest
class OtherGrantsIT {

    private static final String ID = "all-grants";
    private static final String SECRET = "secret-of-all-grants";
    private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
    private static final String REFRESH_TOKEN = "urn:ietf:params:oauth:token-type:refresh_token";
    private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";

    private final McpClient client;

    OtherGrantsIT(McpRealm realm) {
        this.client = McpClient.of(realm).identifiedBy(ID, SECRET, ClientMetadata.LOOPBACK);
    }

    @BeforeAll
    static void makeClients(McpRealm realm) {
        realm.clients().create("""
                        {"clientId": "%s", "secret": "%s", "publicClient": false, "redirectUris": ["%s"],
                         "directAccessGrantsEnabled": true, "serviceAccountsEnabled": true,
                         "defaultClientScopes": ["basic", "roles", "mcp:tools"],
                         "attributes": {"standard.token.exchange.enabled": "true",
                           "standard.token.exchange.enableRefreshRequestedTokenType": "SAME_SESSION"},
                         "protocolMappers": [{"name": "api", "protocol": "openid-connect",
                           "protocolMapper": "oidc-audience-mapper",
                           "config": {"included.custom.audience": "https://api.example", "access.token.claim": "true"}}]}
                        """.formatted(ID, SECRET, ClientMetadata.LOOPBACK));
    }

    @ParameterizedTest
    @ValueSource(strings = {McpRealm.SERVER_A, "https://evil.example/mcp", ""})
    void aPasswordGivesATokenForADeclaredServerOrNone(String resource) {
        assertSafe(
                client.token(Form.of("grant_type", "password", "username", "alice", "password", "alice")
                        .with("resource", parameter(resource))),
                resource);
    }

    @ParameterizedTest
    @ValueSource(strings = {McpRealm.SERVER_A, McpRealm.SERVER_B, "https://evil.example/mcp", ""})
    void anExchangedTokenIsForADeclaredServerOrThereIsNone(String resource) {
        assertSafe(client.token(exchange(ACCESS_TOKEN).with("resource", parameter(resource))), resource);
    }

    @Test
    void anExchangeForSeveralServersStaysInsideTheCatalogue() {
        String evil = "https://evil.example/mcp";
        assertSafe(client.token(exchange(ACCESS_TOKEN).with("resource", McpRealm.SERVER_A, evil)), evil);
        TokenReply both = client.token(exchange(ACCESS_TOKEN).with("resource", McpRealm.SERVER_A, McpRealm.SERVER_B));
        assertInsideCatalogue(both);
    }

    @Test
    void aRefreshTokenFromAnExchangeIsBoundLikeAnyOther() {
        TokenReply reply = client.token(exchange(REFRESH_TOKEN).with("resource", McpRealm.SERVER_A));
        assertInsideCatalogue(reply);
        if (reply.issued()) {
            String refresh = reply.tokens().refresh();
            assertThat(client.refresh(refresh, McpRealm.SERVER_B).issued()).isFalse();
            assertInsideCatalogue(client.refresh(refresh));
        }
    }

    @Test
    void theImplicitFlowGivesNoToken() {
        AuthorizationRequest request = client.authorization().resource(McpRealm.SERVER_A);
        for (String type : List.of("token", "id_token token", "code token", "code id_token token")) {
            AuthorizationRequest asked =
                    request.with("response_type", type).scope("openid").with("nonce", "n-1");
            AuthorizationReply answer = Browser.of("alice").open(asked.uri()).answer();
            assertThat(answer.parameters().value("access_token")).as(type).isEmpty();
            assertThat(answer.error()).as(type).isPresent();
        }
    }

    private Form exchange(String wanted) {
        Tokens subject =
                client.obtain(Browser.of("alice"), client.authorization().resource(McpRealm.SERVER_A));
        return Form.of("grant_type", EXCHANGE, "subject_token", subject.accessToken())
                .with("subject_token_type", ACCESS_TOKEN)
                .with("requested_token_type", wanted);
    }
}
