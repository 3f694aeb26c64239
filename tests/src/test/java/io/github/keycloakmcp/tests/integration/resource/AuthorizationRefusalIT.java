package io.github.keycloakmcp.tests.integration.resource;

import io.github.keycloakmcp.tests.client.AuthorizationReply;
import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.keycloakmcp.tests.integration.resource.RecordedRefusal.assertNothingIssued;
import static io.github.keycloakmcp.tests.integration.resource.RecordedRefusal.assertRecorded;

/** A resource that cannot be served is refused before anybody is asked to log in (RFC 8707 section 2.1). */
@KeycloakTest
class AuthorizationRefusalIT {

    private final McpRealm realm;
    private final McpClient client;

    AuthorizationRefusalIT(McpRealm realm) {
        this.realm = realm;
        this.client = McpClient.of(realm).registered(ClientMetadata.named("Refused"));
    }

    @BeforeEach
    void clearEvents() {
        realm.clearEvents();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:3999/mcp",
                "https://evil.example/mcp",
                "http://localhost:3001",
                "http://localhost:3001/MCP",
                "http://localhost:3001/mcp/deeper",
                "http://localhost:3001/mcp/../mcp",
                "http://localhost:3001/mcp//",
                "http://127.0.0.1:3001/mcp",
                "https://localhost:3001/mcp"
            })
    void aServerThatIsNotDeclaredIsRefused(String resource) {
        AuthorizationReply answer = refusedAtOnce(client.authorization().resource(resource));
        ErrorAssertion.assertRefused(answer).hasError("invalid_target").saying(resource);
        assertRecorded(realm, "LOGIN_ERROR", "invalid_target", resource);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://alice@localhost:3001/mcp",
                "http://mcp.example.com/mcp",
                "urn:mcp:server",
                "http://localhost:3001/m\u00e9p"
            })
    void aResourceThatIsNoAddressOfAServerIsRefused(String resource) {
        AuthorizationReply answer = refusedAtOnce(client.authorization().resource(resource));
        ErrorAssertion.assertRefused(answer).hasError("invalid_target").saying("resource");
        assertRecorded(realm, "LOGIN_ERROR", "invalid_target", "resource");
    }

    /** Keycloak itself refuses these, before any policy; its event has another error than its answer. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/mcp",
                "mcp",
                "http://localhost:3001/mcp#",
                "http://localhost:3001/mcp#part",
                "http://localhost:3001/mcp?tenant=1",
                "mailto:alice@example.com",
                "not a valid URI",
                "http://[::1/mcp",
                "http://localhost:3001/mcp\r\nX-Injected: 1"
            })
    void aMalformedResourceIsRefused(String resource) {
        AuthorizationReply answer = refusedAtOnce(client.authorization().resource(resource));
        ErrorAssertion.assertRefused(answer).hasError("invalid_target").notSaying("\r", "\n");
        assertRecorded(realm, "LOGIN_ERROR", "invalid_request", "Invalid resource");
    }

    @Test
    void anEndlessResourceIsRefused() {
        String resource = "http://localhost:3001/mcp/" + "x".repeat(3_000);
        AuthorizationReply answer = refusedAtOnce(client.authorization().resource(resource));
        ErrorAssertion.assertRefused(answer).hasError("invalid_target").saying("characters");
    }

    @Test
    void noResourceIsRefusedWhereThereIsNoDefault() {
        AuthorizationReply answer = refusedAtOnce(client.authorization());
        ErrorAssertion.assertRefused(answer).hasError("invalid_target").saying("resource is missing");
        assertRecorded(realm, "LOGIN_ERROR", "invalid_target", "resource is missing");
    }

    @Test
    void aRepeatedResourceIsRefused() {
        AuthorizationRequest request = client.authorization().resource(McpRealm.SERVER_A, McpRealm.SERVER_B);
        ErrorAssertion.assertRefused(refusedAtOnce(request)).hasError("invalid_request");
    }

    @Test
    void theSessionOfAnEarlierLoginDoesNotHelp() {
        Browser browser = Browser.of("alice");
        browser.authorize(client.authorization().resource(McpRealm.SERVER_A));
        AuthorizationRequest request = client.authorization().resource("https://evil.example/mcp");
        realm.clearEvents();
        AuthorizationReply answer = browser.open(request.uri()).answer();
        answer.check(request, realm.issuer());
        ErrorAssertion.assertRefused(answer).hasError("invalid_target");
        assertNothingIssued(realm);
    }

    /** The first thing the browser sees is the redirect back to the client, with its state and the issuer. */
    private AuthorizationReply refusedAtOnce(AuthorizationRequest request) {
        AuthorizationReply answer =
                Browser.of("alice").open(request.scope("mcp:tools").uri()).answer();
        answer.check(request, realm.issuer());
        assertNothingIssued(realm);
        return answer;
    }
}
