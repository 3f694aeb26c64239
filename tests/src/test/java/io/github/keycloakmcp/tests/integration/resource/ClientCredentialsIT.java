package io.github.keycloakmcp.tests.integration.resource;

import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.keycloakmcp.tests.integration.resource.RecordedRefusal.assertNothingIssued;
import static io.github.keycloakmcp.tests.integration.resource.RecordedRefusal.assertRecorded;
import static org.assertj.core.api.Assertions.assertThat;

/** A machine with a secret of its own: the token request itself names the server, and only a declared one. */
@KeycloakTest
class ClientCredentialsIT {

    private final McpRealm realm;
    private final McpClient machine;

    ClientCredentialsIT(McpRealm realm) {
        this.realm = realm;
        this.machine = McpClient.of(realm).identifiedBy("demo-machine", "demo-machine-secret", "");
    }

    @BeforeEach
    void clearEvents() {
        realm.clearEvents();
    }

    @ParameterizedTest
    @ValueSource(strings = {McpRealm.SERVER_A, McpRealm.SERVER_B})
    void theTokenIsForTheServerThatTheRequestNames(String server) {
        Tokens tokens = machine.clientCredentials("", server).tokens();
        TokenAssertion.assertThat(tokens).isFor(server).hasScopes("mcp:tools").hasClaim("azp", "demo-machine");
        assertThat(tokens.refreshToken()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example/mcp", "http://localhost:3001/other", "/mcp", "a b"})
    void aServerThatIsNotDeclaredIsRefused(String resource) {
        ErrorAssertion.assertRefused(machine.clientCredentials("mcp:tools", resource), 400)
                .hasError("invalid_target")
                .saying("resource");
        assertRecorded(realm, "CLIENT_LOGIN_ERROR", "invalid_target", "resource");
        assertNothingIssued(realm);
    }

    /** A parameter without a value counts as omitted (RFC 6749 section 3.2). */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noServerIsRefusedWhereThereIsNoDefault(boolean empty) {
        ErrorAssertion.assertRefused(empty ? machine.clientCredentials("", "") : machine.clientCredentials(""), 400)
                .hasError("invalid_target")
                .saying("resource is missing");
        assertRecorded(realm, "CLIENT_LOGIN_ERROR", "invalid_target", "resource is missing");
        assertNothingIssued(realm);
    }

    @Test
    void twoServersAtOnceAreRefused() {
        ErrorAssertion.assertRefused(machine.clientCredentials("", McpRealm.SERVER_A, McpRealm.SERVER_B), 400)
                .hasError("invalid_request");
        assertNothingIssued(realm);
    }

    @Test
    void aClientThatRegisteredItselfHasNoTokenOfItsOwn() {
        McpClient client =
                McpClient.of(realm).registered(ClientMetadata.named("Impostor").confidential());
        ErrorAssertion.assertRefused(client.token(Form.of("grant_type", "client_credentials")), 401)
                .hasError("unauthorized_client");
    }
}
