package io.github.keycloakmcp.tests.integration.resource;

import io.github.keycloakmcp.tests.client.AuthorizationReply;
import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.HttpReply;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Pushed authorization requests (RFC 9126) obey the same rule, at the push already. */
@KeycloakTest
class PushedRequestIT {

    private final McpRealm realm;
    private final McpClient client;

    PushedRequestIT(McpRealm realm) {
        this.realm = realm;
        this.client = McpClient.of(realm).registered(ClientMetadata.named("Pusher"));
    }

    @BeforeEach
    void clearEvents() {
        realm.clearEvents();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example/mcp", "/mcp", "http://localhost:3001/mcp#part", "a b"})
    void aPushedResourceThatCannotBeServedIsRefusedAtThePush(String resource) {
        HttpReply reply = client.push(client.authorization().resource(resource));
        ErrorAssertion.assertRefused(reply, 400).hasError("invalid_target").saying("resource");
        assertThat(realm.events("PUSHED_AUTHORIZATION_REQUEST_ERROR"))
                .isNotEmpty() // Keycloak records it for the policy and once more for the endpoint
                .allSatisfy(event -> assertThat(event.error()).contains("invalid_target"));
    }

    @Test
    void aPushWithoutResourceIsRefused() {
        ErrorAssertion.assertRefused(client.push(client.authorization()), 400)
                .hasError("invalid_target")
                .saying("resource is missing");
    }

    @Test
    void aPushedRequestCompletes() {
        AuthorizationRequest request = client.authorization().resource(McpRealm.SERVER_A);
        AuthorizationReply reply = Browser.of("alice").authorize(reference(request));
        TokenAssertion.assertThat(client.redeem(request, reply).tokens()).isFor(McpRealm.SERVER_A);
    }

    @Test
    void theAddressBarCannotChangeWhatWasPushed() {
        AuthorizationRequest request = client.authorization().resource(McpRealm.SERVER_A);
        AuthorizationRequest changed = reference(request).resource(McpRealm.SERVER_B);
        AuthorizationReply reply = Browser.of("alice").authorize(changed);
        assertThat(reply.hasCode()).as(reply.redirect().toString()).isTrue();
        TokenAssertion.assertThat(client.redeem(request, reply).tokens()).isFor(McpRealm.SERVER_A);
    }

    /** What the browser is sent with after the push: the client and the reference to what was pushed. */
    private AuthorizationRequest reference(AuthorizationRequest request) {
        HttpReply reply = client.push(request);
        reply.expect(201);
        Form form = Form.of(
                "client_id",
                client.clientId(),
                "request_uri",
                reply.json().path("request_uri").asText());
        return new AuthorizationRequest(request.endpoint(), form, request.pkce());
    }
}
