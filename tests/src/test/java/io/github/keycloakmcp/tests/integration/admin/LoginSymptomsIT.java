package io.github.keycloakmcp.tests.integration.admin;

import java.net.URI;

import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Pkce;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.github.keycloakmcp.tests.integration.admin.StockRealm.SERVER;

/** Each way in which an authorization request is refused: it is provoked, and diagnosis names its cause and the fix. */
@KeycloakTest(demo = false)
class LoginSymptomsIT extends InStockRealm {

    @BeforeEach
    void enable() {
        realm.put("/mcp", "{\"servers\": [\"" + SERVER + "\"], \"defaultServer\": \"\", \"maxClients\": 10000}");
        realm.clearEvents();
    }

    @Test
    void anUnknownResourceIsAnsweredInvalidTarget() {
        String unknown = "https://unknown.example/mcp";
        McpClient client = McpClient.of(realm).registered(ClientMetadata.unique("Lost"));
        ErrorAssertion.assertRefused(Browser.of("alice")
                        .open(client.authorization()
                                .resource(unknown)
                                .scope("mcp:tools")
                                .uri())
                        .answer())
                .hasError("invalid_target");
        diagnose("?client=vscode&resource=" + unknown)
                .names("resource-unknown", SERVER)
                .names("client-would-be-refused-at-login", unknown, "POST …/mcp/servers")
                .explainsLastRefusal("resource-unknown", "POST …/mcp/servers");
        ErrorAssertion.assertRefused(Browser.of("alice")
                        .open(client.authorization()
                                .resource(SERVER + "?tenant=1")
                                .scope("mcp:tools")
                                .uri())
                        .answer())
                .hasError("invalid_target");
        diagnose("").explainsLastRefusal("resource-malformed", "no query");
        diagnose("?resource=https://tools.example.com/").names("resource-unknown", "alias", SERVER);
        diagnose("?resource=" + SERVER + "/").names("resource-spelled-differently", SERVER);
        diagnose("?resource=" + SERVER.replace("tools", "Tools")).names("resource-spelled-differently", SERVER);
        diagnose("?resource=" + SERVER + "%23part").names("resource-malformed");
    }

    @Test
    void aClientThatSendsNoResourceIsAnsweredInvalidTarget() {
        McpClient client = McpClient.of(realm).registered(ClientMetadata.unique("Silent"));
        ErrorAssertion.assertRefused(Browser.of("alice")
                        .open(client.authorization().scope("mcp:tools").uri())
                        .answer())
                .hasError("invalid_target");
        diagnose("")
                .names("no-default-server", "defaultServer")
                .explainsLastRefusal("resource-missing", "defaultServer");
        realm.put("/mcp", "{\"servers\": []}");
        diagnose("").names("no-servers", "POST …/mcp/servers");
    }

    @Test
    void aClientWithoutTheScopeIsAnsweredInvalidScope() {
        McpClient intranet = McpClient.of(realm).identifiedBy("intranet", null, StockRealm.CALLBACK);
        ErrorAssertion.assertRefused(Browser.of("alice")
                        .open(intranet.authorization()
                                .resource(SERVER)
                                .scope("mcp:tools")
                                .uri())
                        .answer())
                .hasError("invalid_scope");
        diagnose("?client=intranet")
                .names("client-without-mcp-scope", "mcp:tools")
                .explainsLastRefusal("scope-not-assigned", "add the scope to the client");
        diagnose("?client=nobody").names("client-unknown", "vscode");
    }

    @Test
    void mistypedPasswordsDoNotHideARefusal() {
        McpClient client = McpClient.of(realm).registered(ClientMetadata.unique("Before the others"));
        ErrorAssertion.assertRefused(Browser.of("alice")
                .open(client.authorization().pkce(Pkce.none()).resource(SERVER).uri())
                .answer());
        URI token = URI.create(realm.issuer() + "/protocol/openid-connect/token");
        for (int i = 0; i < 25; i++) {
            Http.plain()
                    .post(
                            token,
                            Form.of("grant_type", "password", "client_id", "admin-cli")
                                    .with("username", "clerk")
                                    .with("password", "wrong"));
        }
        diagnose("").explainsLastRefusal("pkce-missing", "S256");
    }

    @Test
    void aClientWithoutPkceIsRefused() {
        McpClient client = McpClient.of(realm).registered(ClientMetadata.unique("Careless"));
        ErrorAssertion.assertRefused(Browser.of("alice")
                .open(client.authorization().pkce(Pkce.none()).resource(SERVER).uri())
                .answer());
        diagnose("").explainsLastRefusal("pkce-missing", "S256");
    }

    private Diagnosis diagnose(String query) {
        return Diagnosis.of(realm, query);
    }
}
