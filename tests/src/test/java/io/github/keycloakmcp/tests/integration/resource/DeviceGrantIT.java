package io.github.keycloakmcp.tests.integration.resource;

import java.net.URI;

import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.HttpReply;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Page;
import io.github.keycloakmcp.tests.client.Pkce;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.TokenReply;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.github.keycloakmcp.tests.integration.resource.BoundOrNothing.assertSafe;
import static io.github.keycloakmcp.tests.integration.resource.BoundOrNothing.parameter;
import static org.assertj.core.api.Assertions.assertThat;

/** A device without a browser (RFC 8628), where an administrator has switched the grant on for a client. */
@KeycloakTest
class DeviceGrantIT {

    private static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";

    private final McpClient client;
    private final Pkce pkce = Pkce.s256();

    DeviceGrantIT(McpRealm realm) {
        this.client = McpClient.of(realm).identifiedBy("device", null, ClientMetadata.LOOPBACK);
    }

    @BeforeAll
    static void makeClient(McpRealm realm) {
        realm.clients().create("""
                        {"clientId": "device", "publicClient": true, "standardFlowEnabled": false,
                         "defaultClientScopes": ["basic", "profile", "mcp:tools"], "optionalClientScopes": ["offline_access"],
                         "attributes": {"oauth2.device.authorization.grant.enabled": "true"}}
                        """);
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:3001/mcp, http://localhost:3001/mcp",
        "http://localhost:3001/mcp, ''",
        "http://localhost:3001/mcp, https://evil.example/mcp",
        "https://evil.example/mcp, http://localhost:3001/mcp",
        "https://evil.example/mcp, https://evil.example/mcp",
        "'', ''"
    })
    void aDeviceGetsATokenForADeclaredServerOrNone(String atStart, String atToken) {
        HttpReply started = start(atStart);
        if (started.statusCode() != 200) {
            assertThat(started.error()).as(started.bodyWithoutTokens()).contains("invalid_target");
            return;
        }
        TokenReply reply = finish(started, atToken);
        assertThat(reply.issued()
                        || reply.error().filter("invalid_target"::equals).isPresent())
                .as(reply.reply().bodyWithoutTokens())
                .isTrue();
        assertSafe(reply, atToken.isEmpty() ? atStart : atToken);
    }

    @Test
    void aDeviceThatNamesItsServerInBothRequestsGetsItsToken() {
        TokenReply reply = finish(start(McpRealm.SERVER_B), McpRealm.SERVER_B);
        TokenAssertion.assertThat(reply.tokens()).isFor(McpRealm.SERVER_B).isOf("alice");
        TokenReply refreshed = client.refresh(reply.tokens().refresh(), McpRealm.SERVER_A);
        ErrorAssertion.assertRefused(refreshed, 400).hasError("invalid_target");
    }

    @Test
    void aDeviceNeedsToNameItsServerOnlyAtTheStart() {
        TokenReply reply = finish(start(McpRealm.SERVER_B), "");
        TokenAssertion.assertThat(reply.tokens()).isFor(McpRealm.SERVER_B).isOf("alice");
        TokenAssertion.assertThat(client.refresh(reply.tokens().refresh()).tokens())
                .isFor(McpRealm.SERVER_B);
    }

    @Test
    void aDeviceCannotComeForAnotherServerThanTheUserApproved() {
        ErrorAssertion.assertRefused(finish(start(McpRealm.SERVER_B), McpRealm.SERVER_A), 400)
                .hasError("invalid_target")
                .saying("not granted");
    }

    @Test
    void anUnknownServerIsRefusedBeforeTheUserIsAsked() {
        HttpReply reply = start("https://evil.example/mcp");
        assertThat(reply.statusCode()).as(reply.bodyWithoutTokens()).isEqualTo(400);
        assertThat(reply.error()).contains("invalid_target");
    }

    @ParameterizedTest
    @CsvSource({"mcp:tools offline_access, true", "offline_access, true", "mcp:tools offline_access, false"})
    void aDeviceGetsNoOfflineAccessOfAUserWithoutTheRoleAndIsTold(String scope, boolean without, McpRealm realm) {
        realm.role("alice", "offline_access", !without);
        try {
            TokenReply reply = finish(start(McpRealm.SERVER_B, scope), McpRealm.SERVER_B);
            assertThat(reply.issued()).as(reply.reply().bodyWithoutTokens()).isTrue();
            TokenAssertion token = TokenAssertion.assertThat(reply.tokens())
                    .isFor(McpRealm.SERVER_B)
                    .isOf("alice");
            if (without) {
                token.lacksScopes("offline_access");
            } else {
                token.hasScopes("offline_access");
            }
            TokenAssertion.assertThat(client.refresh(reply.tokens().refresh()).tokens())
                    .isFor(McpRealm.SERVER_B);
        } finally {
            realm.role("alice", "offline_access", true);
        }
    }

    private HttpReply start(String resource) {
        return start(resource, "");
    }

    private HttpReply start(String resource, String scope) {
        return client.post(
                "device_authorization_endpoint",
                Form.of("code_challenge", pkce.challenge(), "code_challenge_method", pkce.method())
                        .with("resource", parameter(resource))
                        .with("scope", parameter(scope)));
    }

    private TokenReply finish(HttpReply started, String resource) {
        approve(URI.create(started.json().path("verification_uri_complete").asText()));
        return client.token(Form.of("grant_type", GRANT, "code_verifier", pkce.verifier())
                .with("device_code", started.json().path("device_code").asText())
                .with("resource", parameter(resource)));
    }

    private static void approve(URI uri) {
        Browser browser = Browser.of("alice");
        Page page = browser.logIn(browser.open(uri));
        assertThat(page.isConsent()).as(page.text()).isTrue();
        browser.accept(page);
    }
}
