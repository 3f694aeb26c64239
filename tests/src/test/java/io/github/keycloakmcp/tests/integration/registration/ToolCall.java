package io.github.keycloakmcp.tests.integration.registration;

import java.net.URI;
import java.util.Optional;

import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.McpCall;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Registration;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;

import static org.assertj.core.api.Assertions.assertThat;

/** What a client does once it is registered: login, consent, code, token, a call of a tool. */
final class ToolCall {

    private ToolCall() {}

    /**
     * Fails unless the client gets there.
     *
     * @param stranger the client before it was registered
     * @param redirectUri where it has the code sent
     * @param scope what it asks for; empty for nothing
     * @param resource the MCP server
     */
    static void reached(McpClient stranger, Registration answer, String redirectUri, String scope, URI resource) {
        McpClient client = stranger.identifiedBy(answer.clientId(), null, redirectUri);
        AuthorizationRequest plain = client.authorization().resource(resource.toString());
        AuthorizationRequest asked = scope.isEmpty() ? plain : plain.scope(scope);
        Form form = client.codeForm(asked, Browser.of("alice").authorize(asked));
        Optional<String> secret = answer.clientSecret();
        Tokens tokens = client.token(secret.isEmpty() ? form : form.with("client_secret", secret.get()))
                .tokens();
        TokenAssertion.assertThat(tokens).isFor(resource.toString());
        assertThat(McpCall.on(resource).with(tokens).whoami().status()).isEqualTo(200);
    }
}
