package io.github.keycloakmcp.tests.integration.admin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.McpRealm;

import static io.github.keycloakmcp.tests.integration.admin.StockRealm.SERVER;

/**
 * A realm with MCP, and each way in which administrators have broken one.
 *
 * @param realm the realm, which is removed in the end
 * @param published an MCP server with metadata
 * @param holder a client that has registered
 * @param publicUrl where clients reach the server if a proxy is in front of it
 */
public record Situations(McpRealm realm, PublishingServer published, McpClient holder, URI publicUrl)
        implements AutoCloseable {

    private static final String WRONG = "https://tools.example.com/wrong";
    private static final String LIMITED = "https://limited.example.com/mcp";
    private static final String ASKED = "--client vscode --resource " + SERVER;

    /** Makes the realm, on the server of another. */
    public static Situations beside(McpRealm neighbour, URI publicUrl) {
        McpRealm realm = StockRealm.create(neighbour.server(), neighbour.name() + "-stock");
        StockRealm.grant(realm, "chief", "realm-admin");
        realm.post("/roles", "{\"name\": \"editor\"}");
        realm.clients().create("""
                {"clientId": "%s", "secret": "secret", "attributes": {"mcp.required-role": "editor"}}
                """.formatted(LIMITED));
        PublishingServer published = publishing();
        declare(realm, published);
        McpClient holder = McpClient.of(realm).registered(ClientMetadata.unique("Holder"));
        return new Situations(realm, published, holder, publicUrl);
    }

    /** Whatever a situation has left, so that a failure of one is none of the next. */
    public void restore() {
        frontend("");
        declare();
        scope(true);
        roleOnScope(false);
        guard("known-clients");
        guard("forced-scopes");
        realm.update("{\"loginTheme\": \"mcp\"}");
    }

    @Override
    public void close() {
        published.close();
        realm.close();
    }

    /** All of them; none depends on another. */
    public Stream<Situation> all() {
        return Stream.of(
                Situation.of("another URI than the declared one", "--client vscode --resource " + WRONG)
                        .named("resource-unknown", "POST", "servers", SERVER)
                        .fixedBy(() -> realm.post("/mcp/servers", "{\"uri\": \"%s\"}".formatted(WRONG)))
                        .seenBy(() -> newcomer(WRONG)),
                Situation.of("host name not set behind a proxy", ASKED)
                        .behind("X-Forwarded-Host: " + publicUrl.getAuthority())
                        .named("proxy-not-trusted", publicUrl.getAuthority(), "set hostname")
                        .fixedBy(() -> frontend(publicUrl.toString())),
                Situation.of("scope removed from a client", "--client " + holder.clientId() + " --resource " + SERVER)
                        .brokenBy(() -> scope(false))
                        .named("client-without-mcp-scope", "Client scopes", "mcp:tools")
                        .fixedBy(() -> scope(true))
                        .seenBy(() -> RealFlow.of(realm, holder, SERVER)),
                Situation.of("registration policy deleted", ASKED)
                        .brokenBy(this::deleteRegistrationPolicies)
                        .named("registration-not-managed", "mcp-client-guard", "PUT /admin/realms")
                        .fixedBy(this::declare)
                        .seenBy(() -> RealFlow.of(realm, KnownMetadata.of("vscode"), SERVER)),
                Situation.of("registration policy and client policy deleted", ASKED)
                        .brokenBy(() -> {
                            deleteRegistrationPolicies();
                            deleteClientPolicy();
                        })
                        .named("registration-not-managed", "PUT /admin/realms")
                        .fixedBy(this::declare)
                        .seenBy(() -> newcomer(SERVER)),
                Situation.of("client policy deleted", ASKED)
                        .brokenBy(this::deleteClientPolicy)
                        .named("not-enforced", "PUT /admin/realms")
                        .fixedBy(this::declare),
                Situation.of(
                                "metadata of the MCP server names another issuer",
                                "--metadata --resource " + published.resource())
                        .brokenBy(() -> published.publish("https://other.example", "mcp:tools"))
                        .named("metadata-issuer-differs", "https://other.example", "authorization_servers")
                        .fixedBy(() -> published.publish(realm.issuer().toString(), "mcp:tools")),
                Situation.of("user without the role of the server", "--user alice --resource " + LIMITED)
                        .named("user-without-role", "alice", "editor", LIMITED)
                        .fixedBy(() -> realm.role("alice", "editor", true))
                        .seenBy(() -> newcomer(LIMITED)),
                Situation.of("role assigned to the MCP scope", "--user alice --resource " + SERVER)
                        .brokenBy(() -> {
                            realm.role("alice", "editor", false);
                            roleOnScope(true);
                        })
                        .named("user-without-role", "alice", "editor", "Client scopes")
                        .fixedBy(() -> roleOnScope(false))
                        .seenBy(() -> newcomer(SERVER)),
                Situation.of("executor stricter than the policy", "--client claude --resource " + SERVER)
                        .brokenBy(() -> guard("known-clients", "vscode"))
                        .named("client-would-be-refused", "Claude", "knownClients")
                        .fixedBy(() -> guard("known-clients"))
                        .seenBy(() -> RealFlow.of(realm, KnownMetadata.of("claude"), SERVER)),
                Situation.of("executor with the word null as a scope", ASKED)
                        .brokenBy(() -> guard("forced-scopes", "null"))
                        .named("forced-scope-missing", "null", "forced-scopes")
                        .fixedBy(() -> guard("forced-scopes"))
                        .seenBy(() -> newcomer(SERVER)),
                Situation.of("own theme without the consent page", ASKED)
                        .brokenBy(() -> realm.update("{\"loginTheme\": \"keycloak.v2\"}"))
                        .named("other-consent-page", "Login theme mcp")
                        .asAWarning()
                        .fixedBy(() -> realm.update("{\"loginTheme\": \"mcp\"}")),
                Situation.of("client disabled", "--client " + holder.clientId() + " --resource " + SERVER)
                        .brokenBy(() -> realm.clients().edit(holder.clientId(), client -> client.put("enabled", false)))
                        .named("client-disabled", holder.clientId(), "Enabled")
                        .fixedBy(() -> realm.clients().edit(holder.clientId(), client -> client.put("enabled", true)))
                        .seenBy(() -> RealFlow.of(realm, holder, SERVER)),
                Situation.of("MCP scope deleted", ASKED)
                        .brokenBy(() -> realm.delete(realm.scopes().path("mcp:tools")))
                        .named("forced-scope-missing", "mcp:tools", "create")
                        .fixedBy(this::declare)
                        .seenBy(() -> newcomer(SERVER)));
    }

    private RealFlow newcomer(String resource) {
        return RealFlow.of(realm, ClientMetadata.unique("Newcomer"), resource);
    }

    private static PublishingServer publishing() {
        try {
            return PublishingServer.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void declare() {
        declare(realm, published);
    }

    private static void declare(McpRealm realm, PublishingServer published) {
        String servers = "[\"%s\", \"%s\", \"%s\"]".formatted(SERVER, LIMITED, published.resource());
        AdminApi.succeeded("PUT", "/mcp", realm.put("/mcp", "{\"servers\": " + servers + "}"));
    }

    private void frontend(String url) {
        realm.edit(
                "", representation -> representation.withObject("/attributes").put("frontendUrl", url));
    }

    private void scope(boolean has) {
        String path = realm.clients().path(holder.clientId()) + "/default-client-scopes/"
                + realm.scopes().get("mcp:tools").path("id").asText();
        AdminApi.succeeded(has ? "PUT" : "DELETE", path, has ? realm.put(path, "{}") : realm.delete(path));
    }

    private void roleOnScope(boolean on) {
        ArrayNode roles = Json.object().putArray("roles").add(realm.read("/roles/editor"));
        String path = realm.scopes().path("mcp:tools") + "/scope-mappings/realm";
        AdminApi.succeeded(on ? "POST" : "DELETE", path, on ? realm.post(path, roles) : realm.delete(path, roles));
    }

    private void deleteRegistrationPolicies() {
        realm.components("mcp-client-registration")
                .forEach(policy ->
                        realm.delete("/components/" + policy.path("id").asText()));
    }

    private void deleteClientPolicy() {
        realm.edit("/client-policies/policies", all -> {
            ArrayNode policies = (ArrayNode) all.path("policies");
            for (int i = policies.size() - 1; i >= 0; i--) {
                if (policies.get(i).path("name").asText().equals("mcp")) {
                    policies.remove(i);
                }
            }
        });
    }

    /** Without a value, the setting is not there. */
    private void guard(String setting, String... values) {
        realm.edit("/client-policies/profiles", all -> {
            for (JsonNode executor : all.findParents("executor")) {
                if (executor.path("executor").asText().equals("mcp-client-guard")) {
                    ObjectNode configuration = ((ObjectNode) executor).withObject("/configuration");
                    configuration.remove(setting);
                    if (values.length > 0) {
                        configuration.set(setting, Json.tree(values));
                    }
                }
            }
        });
    }
}
