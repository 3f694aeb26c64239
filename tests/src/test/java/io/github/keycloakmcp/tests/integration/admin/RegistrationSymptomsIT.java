package io.github.keycloakmcp.tests.integration.admin;

import java.util.function.Consumer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.github.keycloakmcp.tests.integration.admin.StockRealm.SERVER;

/** Each way in which a registration is refused: it is provoked, and diagnosis names its cause and the fix. */
@KeycloakTest(demo = false)
class RegistrationSymptomsIT extends InStockRealm {

    @BeforeEach
    void enable() {
        realm.put("/mcp", "{\"servers\": [\"" + SERVER + "\"], \"defaultServer\": \"\", \"maxClients\": 10000}");
        realm.clearEvents();
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
    void aScopeThatWasRemovedStopsEveryRegistration() {
        realm.delete(realm.scopes().path("mcp:tools"));
        ErrorAssertion.assertRefused(McpClient.of(realm).register(ClientMetadata.unique("Early")), 503);
        diagnose("")
                .names("forced-scope-missing", "mcp:tools")
                .names("set-up-incomplete", "PUT")
                .names("no-servers")
                .explainsLastRefusal("forced-scope-missing", "forced-scopes");
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

    private Diagnosis diagnose(String query) {
        return Diagnosis.of(realm, query);
    }
}
