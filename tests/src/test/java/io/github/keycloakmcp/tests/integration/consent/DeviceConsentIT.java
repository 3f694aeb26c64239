package io.github.keycloakmcp.tests.integration.consent;

import java.net.URI;

import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.HttpReply;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Page;
import io.github.keycloakmcp.tests.client.Pkce;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static io.github.keycloakmcp.tests.server.McpRealm.SERVER_A;
import static io.github.keycloakmcp.tests.server.McpRealm.SERVER_B;
import static org.assertj.core.api.Assertions.assertThat;

/** A user is asked for a device (RFC 8628 section 5.4) as for any client, and every time. */
@KeycloakTest
class DeviceConsentIT {

    private final McpClient client;
    private final Browser alice = Browser.of("alice");

    DeviceConsentIT(McpRealm realm) {
        this.client = McpClient.of(realm).identifiedBy("device", null, ClientMetadata.LOOPBACK);
    }

    @BeforeAll
    static void makeClient(McpRealm realm) {
        realm.clients().create("""
                        {"clientId": "device", "publicClient": true, "consentRequired": true,
                         "redirectUris": ["http://127.0.0.1/callback"],
                         "defaultClientScopes": ["basic", "profile", "mcp:tools"],
                         "attributes": {"oauth2.device.authorization.grant.enabled": "true"}}
                        """);
    }

    @Test
    void aDeviceAsksEveryTimeAndItsApprovalCountsForItsServerOnly() {
        Page page = alice.reach(client.authorization().resource(SERVER_A));
        assertThat(page.isConsent()).isTrue();

        Page device = verify(SERVER_B);
        assertThat(device.text()).contains(SERVER_B, "showed you the code", "someone sent you the code");
        assertThat(device.has("#mcp-where .mcp-host")).isFalse();
        alice.accept(device);
        assertThat(verify(SERVER_B).isConsent()).isTrue();

        assertThat(alice.reach(client.authorization().resource(SERVER_B))
                        .answer()
                        .hasCode())
                .isTrue();
        assertThat(alice.reach(client.authorization().resource(SERVER_A)).isConsent())
                .isTrue();
    }

    private Page verify(String server) {
        Pkce pkce = Pkce.s256();
        HttpReply started = client.post(
                "device_authorization_endpoint",
                Form.of(
                        "code_challenge",
                        pkce.challenge(),
                        "code_challenge_method",
                        pkce.method(),
                        "resource",
                        server));
        Page page = alice.open(
                URI.create(started.json().path("verification_uri_complete").asText()));
        return page.isLogin() ? alice.logIn(page) : page;
    }
}
