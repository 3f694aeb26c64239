package io.github.keycloakmcp.tests.integration.cimd;

import java.util.List;
import java.util.stream.IntStream;

import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Page;
import io.github.keycloakmcp.tests.server.DocumentHost;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

import static io.github.keycloakmcp.tests.server.McpRealm.SERVER_A;
import static org.assertj.core.api.Assertions.assertThat;

/** The owner of a domain publishes any number of documents, and any browser may be made to open them. */
@KeycloakTest(
        variables = {
            "MCP_ALLOW_LOOPBACK_DOCUMENTS=true",
            "MCP_REGISTRATIONS_PER_SENDER=0",
            "MCP_REGISTRATIONS_PER_REALM=12"
        })
@DisabledIfSystemProperty(
        named = "keycloak.url",
        matches = ".+",
        disabledReason = "needs a host that the server trusts")
@DisabledIfSystemProperty(named = "server", matches = "container", disabledReason = "needs the server's own loopback")
class DomainShareIT {

    private final McpRealm realm;

    DomainShareIT(McpRealm realm) {
        this.realm = realm;
    }

    @Test
    void oneDomainUsesAQuarterOfTheRealmsLimit() {
        realm.setRegistration("registration-window", "86400");
        try (DocumentHost host = DocumentHost.start()) {
            List<Page> pages = IntStream.range(0, 5)
                    .mapToObj(i -> open(host.publish("/" + i, "\"redirect_uris\": [\"http://localhost/callback\"]")))
                    .toList();
            assertThat(pages).filteredOn(Page::isLogin).hasSize(3);
            assertThat(pages).last().satisfies(page -> {
                assertThat(page.status()).isEqualTo(400);
                assertThat(page.text()).contains("too many registrations");
            });
            assertThat(open(host.url("/0")).isLogin())
                    .as("a client that exists costs nothing")
                    .isTrue();
        }
        assertThat(realm.events("LOGIN_ERROR"))
                .anySatisfy(event -> assertThat(event.details().get("mcp_reason"))
                        .contains("registrations-per-realm, a quarter for one domain"));
        McpClient.of(realm).register(ClientMetadata.named("Other")).expect(201);
    }

    private Page open(String url) {
        McpClient client = McpClient.of(realm).identifiedBy(url, null, "http://localhost:4711/callback");
        return Browser.of("alice")
                .open(client.authorization().resource(SERVER_A).uri());
    }
}
