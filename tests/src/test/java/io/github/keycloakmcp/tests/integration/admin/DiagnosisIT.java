package io.github.keycloakmcp.tests.integration.admin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Pkce;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.github.keycloakmcp.tests.integration.admin.StockRealm.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

/** Each symptom that a server can see: it is provoked, and diagnosis names its cause and the fix. */
@KeycloakTest(demo = false)
class DiagnosisIT extends InStockRealm {

    @BeforeEach
    void enable() {
        realm.put("/mcp", "{\"servers\": [\"" + SERVER + "\"], \"defaultServer\": \"\", \"maxClients\": 10000}");
        realm.clearEvents();
    }

    @Test
    void anEnabledRealmIsInOrder() {
        Diagnosis diagnosis = diagnose("?resource=" + SERVER + "&client=vscode")
                .names("resource-declared", SERVER)
                .names("client-would-register")
                .names("client-would-log-in", SERVER);
        JsonNode answer = diagnosis.answer();
        assertThat(answer.path("ok").asBoolean()).as(answer.toPrettyString()).isTrue();
        assertThat(answer.path("issuer").asText()).isEqualTo(realm.issuer().toString());
    }

    @Test
    void everyClientIsAnsweredHostNotTrusted() {
        realm.delete("/mcp");
        ErrorAssertion.assertRefused(McpClient.of(realm).register(ClientMetadata.named("VS Code")), 403)
                .saying("Trusted Hosts");
        diagnose("?client=vscode")
                .names(
                        "registration-policy-refuses",
                        "Trusted Hosts",
                        "Max Clients Limit",
                        "Allowed Client Scopes",
                        "PUT")
                .names("registration-not-managed")
                .names("client-would-be-refused")
                .names("not-enforced")
                .explainsLastRefusal("registration-policy-refuses", "Trusted Hosts", "PUT");
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
                .explainsLastRefusal("scope-not-assigned", "add the MCP scope");
        diagnose("?client=nobody").names("client-unknown", "vscode");
    }

    @Test
    void anAddressThatIsNotTrustedIsRefused() {
        ErrorAssertion.assertRefused(
                        McpClient.of(realm)
                                .register(ClientMetadata.named("Elsewhere").redirects("https://elsewhere.example/cb")),
                        400)
                .hasError("invalid_redirect_uri");
        diagnose("").explainsLastRefusal("redirect-host-not-trusted", "trustedHosts");
        ErrorAssertion.assertRefused(
                        McpClient.of(realm)
                                .register(ClientMetadata.named("App").redirects("com.example.app:/callback")),
                        400)
                .hasError("invalid_redirect_uri");
        diagnose("").explainsLastRefusal("redirect-scheme-not-allowed", "privateUseSchemes");
        realm.put("/mcp", "{\"knownClients\": []}");
        diagnose("?client=claude").names("client-would-be-refused", "add claude to knownClients", "trustedHosts");
        realm.put("/mcp", "{\"knownClients\": [\"*\"]}");
    }

    @Test
    void theExecutorIsAskedAsWellAsThePolicy() {
        guard(configuration -> configuration.putArray("known-clients").add("vscode"));
        diagnose("?client=claude").names("client-would-be-refused", "knownClients");
        diagnose("?client=vscode").names("client-would-log-in", SERVER);
        guard(configuration -> configuration.putArray("forced-scopes").add("gone"));
        ErrorAssertion.assertRefused(McpClient.of(realm).register(ClientMetadata.unique("Guarded")), 503);
        diagnose("?client=vscode").names("client-would-be-refused", "gone").names("forced-scope-missing", "gone");
        guard(ObjectNode::removeAll);
        diagnose("?client=claude").names("client-would-log-in", SERVER);
    }

    @Test
    void anAliasIsAServer() {
        String alias = "https://old.example.com/mcp";
        mapper(config -> config.put("mcp-server-aliases", alias + " " + SERVER));
        diagnose("?resource=" + alias)
                .names("resource-spelled-differently", SERVER)
                .namesNone("resource-unknown");
        mapper(config -> config.put("mcp-server-aliases", ""));
        diagnose("?resource=" + alias).names("resource-unknown");
    }

    /** This server does not let clients be searched by their resource URL, so no client can be a server by itself. */
    @Test
    void clientsAreNoServersWhereTheyCannotBeSearched() {
        mapper(config -> config.put("mcp-servers", "").put("include-clients", "true"));
        diagnose("").names("no-servers");
        mapper(config -> config.put("include-clients", "false"));
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
    void aRoleOnTheScopeIsNamed() {
        String roles = realm.scopes().path("mcp:tools") + "/scope-mappings/realm";
        JsonNode role = realm.read("/roles/offline_access");
        AdminApi.succeeded("POST", roles, realm.post(roles, "[" + role + "]"));
        diagnose("").names("role-on-mcp-scope", "mcp:tools").namesNone("no-roles");
        realm.delete(realm.scopes().path("mcp:tools")); // the next test makes it anew
    }

    @Test
    void enablingAndLeavingWarnBeforeTheyAreDone() {
        realm.update("{\"loginTheme\": \"keycloak.v2\"}");
        McpClient.of(realm).register(ClientMetadata.unique("Left behind"));
        Diagnosis.warnings(realm.put("/mcp?dryRun=true", "{}")).names("other-consent-page", "Login theme mcp");
        Diagnosis.warnings(realm.delete("/mcp?dryRun=true")).names("clients-left", "DELETE …/mcp/clients");
        realm.update("{\"loginTheme\": \"mcp\"}");
        Diagnosis.warnings(realm.put("/mcp", "{}"))
                .namesNone("other-consent-page", "offline-role-missing", "scope-kept");
    }

    @Test
    void aFullRealmTakesNobody() {
        AdminApi.succeeded("DELETE", "/mcp/clients", realm.delete("/mcp/clients?vendor=loopback"));
        McpClient last = McpClient.of(realm).registered(ClientMetadata.unique("The last one"));
        realm.put("/mcp", "{\"maxClients\": 1}");
        diagnose("").names("realm-is-full", "never used", "maxClients");
        last.obtain(Browser.of("alice"), last.authorization().resource(SERVER));
        ErrorAssertion.assertRefused(McpClient.of(realm).register(ClientMetadata.unique("One too many")), 403);
        diagnose("").names("realm-is-full", "maxClients").explainsLastRefusal("realm-is-full", "maxClients");
    }

    @Test
    void whoRegistersTooOftenHasToWait() {
        realm.put("/mcp", "{\"registrationsPerSender\": 1}");
        McpClient client = McpClient.of(realm);
        client.register(ClientMetadata.named("Hasty"));
        ErrorAssertion.assertRefused(client.register(ClientMetadata.named("Hasty")), 429);
        diagnose("").explainsLastRefusal("too-many-registrations", "registrationsPerSender", "proxy-headers");
        realm.put("/mcp", "{\"registrationsPerSender\": 100}");
    }

    @Test
    void aClientWithoutPkceIsRefused() {
        McpClient client = McpClient.of(realm).registered(ClientMetadata.unique("Careless"));
        ErrorAssertion.assertRefused(Browser.of("alice")
                .open(client.authorization().pkce(Pkce.none()).resource(SERVER).uri())
                .answer());
        diagnose("").explainsLastRefusal("pkce-missing", "S256");
    }

    @Test
    void aScopeThatWasRemovedStopsEveryRegistration() {
        realm.delete(realm.scopes().path("mcp:tools"));
        ErrorAssertion.assertRefused(McpClient.of(realm).register(ClientMetadata.unique("Early")), 503);
        diagnose("")
                .names("forced-scope-missing", "mcp:tools")
                .names("set-up-incomplete", "PUT")
                .names("no-servers")
                .explainsLastRefusal("forced-scope-missing", "forced-scopes");
    }

    @Test
    void settingsThatAreLessSafeAreNamed() {
        realm.update("{\"accessTokenLifespan\": 7200, \"revokeRefreshToken\": false, \"eventsEnabled\": false}");
        diagnose("")
                .names("long-access-tokens", "7200", "Access token lifespan")
                .names("no-rotation", "Revoke refresh token")
                .names("no-events", "Save events");
        realm.update("{\"accessTokenLifespan\": 240, \"revokeRefreshToken\": true, \"eventsEnabled\": true}");
        diagnose("").names("strict-rotation", "max reuse: 1").namesNone("long-access-tokens", "no-events");
    }

    @Test
    void aProxyThatNobodyBelievesIsNamed() {
        StockRealm.grant(realm, "viewer", "view-realm", "view-clients");
        Http viewer = StockRealm.administrator(realm, "viewer")
                .with("X-Forwarded-Host", "sso.example.com")
                .with("X-Forwarded-Proto", "https");
        URI diagnosis = URI.create(realm.server().url() + "/admin/realms/" + realm.name() + "/mcp/diagnosis");
        Diagnosis.of(viewer.get(diagnosis).body())
                .names(
                        "proxy-not-trusted",
                        "https://sso.example.com",
                        realm.issuer().toString(),
                        "proxy-headers");
    }

    @Test
    void whatAnMcpServerPublishesIsCompared() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String resource = "http://localhost:" + server.getAddress().getPort() + "/mcp";
        String[] published = {""};
        server.createContext("/.well-known/oauth-protected-resource/mcp", exchange -> {
            byte[] body = published[0].getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(body.length == 0 ? 404 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            realm.put("/mcp", "{\"servers\": [\"" + resource + "\"]}");
            String query = "?metadata=true&resource=" + resource;
            diagnose(query).names("metadata-unreadable");
            published[0] =
                    "{\"resource\": \"" + resource + "/\", \"authorization_servers\": [\"https://other.example\"],"
                            + "\"scopes_supported\": [\"mcp:tools\", \"unheard-of\"]}";
            diagnose(query)
                    .names("metadata-resource-differs", resource)
                    .names("metadata-issuer-differs", "https://other.example")
                    .names("metadata-scope-unknown", "unheard-of");
            published[0] = "{\"resource\": \"" + resource + "\", \"authorization_servers\": [\"" + realm.issuer()
                    + "\"], \"scopes_supported\": [\"mcp:tools\"]}";
            diagnose(query).names("metadata-fits");
        } finally {
            server.stop(0);
        }
    }

    private void guard(Consumer<ObjectNode> change) {
        realm.edit(
                "/client-policies/profiles",
                profiles -> profiles.path("profiles")
                        .forEach(profile -> profile.path("executors").forEach(executor -> {
                            if (executor.path("executor").asText().equals("mcp-client-guard")) {
                                change.accept(((ObjectNode) executor).withObject("/configuration"));
                            }
                        })));
    }

    private void mapper(Consumer<ObjectNode> change) {
        realm.scopes()
                .editMapper(
                        "mcp:tools", "mcp-resource-audience", mapper -> change.accept(mapper.withObject("/config")));
    }

    private Diagnosis diagnose(String query) {
        return Diagnosis.of(realm, query);
    }
}
