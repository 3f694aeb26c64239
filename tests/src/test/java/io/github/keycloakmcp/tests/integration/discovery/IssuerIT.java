package io.github.keycloakmcp.tests.integration.discovery;

import io.github.keycloakmcp.tests.client.AuthorizationReply;
import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Every answer that a browser carries back says who gave it (RFC 9207), so that a client cannot mix up two servers. */
@KeycloakTest
class IssuerIT {

    private final McpRealm realm;
    private final McpClient client;

    IssuerIT(McpRealm realm) {
        this.realm = realm;
        this.client = McpClient.of(realm).registered(ClientMetadata.named("Careful"));
    }

    @Test
    void aCodeComesWithTheIssuer() {
        assertNamesTheIssuer(Browser.of("bob").authorize(request()));
    }

    @Test
    void aRefusalByTheUserComesWithTheIssuer() {
        realm.revokeConsents("alice");
        AuthorizationReply answer = Browser.of("alice").refuse(request());
        assertThat(answer.error()).contains("access_denied");
        assertNamesTheIssuer(answer);
    }

    @Test
    void aLoginThatIsNeededComesWithTheIssuer() {
        AuthorizationReply answer =
                Browser.of("alice").open(request().prompt("none").uri()).answer();
        assertThat(answer.error()).contains("login_required");
        assertNamesTheIssuer(answer);
    }

    @Test
    void aScopeThatDoesNotExistComesWithTheIssuer() {
        AuthorizationReply answer = Browser.of("alice")
                .open(request().scope("of-another-vendor").uri())
                .answer();
        assertThat(answer.error()).contains("invalid_scope");
        assertNamesTheIssuer(answer);
    }

    private AuthorizationRequest request() {
        return client.authorization().resource(McpRealm.SERVER_A);
    }

    private void assertNamesTheIssuer(AuthorizationReply answer) {
        assertThat(answer.issuer()).contains(client.server().issuer().toString());
    }
}
