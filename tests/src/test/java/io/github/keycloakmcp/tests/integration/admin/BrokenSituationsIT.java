package io.github.keycloakmcp.tests.integration.admin;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.github.keycloakmcp.tests.integration.admin.StockRealm.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each way in which administrators have broken a realm: it is broken, diagnosis names cause and fix over Admin REST and with
 * the script, the fix is followed, and then diagnosis says that nothing is in the way and a client gets its token.
 */
@KeycloakTest(demo = false)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs bash, curl and jq")
class BrokenSituationsIT extends InStockRealm {

    private static final String WRONG = "https://tools.example.com/wrong";
    private static final String LIMITED = "https://limited.example.com/mcp";
    private static final String ASKED = "--client vscode --resource " + SERVER;

    private DiagnoseScript script;
    private PublishingServer published;
    private McpClient holder;

    @BeforeAll
    void make(@TempDir Path folder) throws IOException {
        StockRealm.grant(realm, "chief", "realm-admin");
        script = DiagnoseScript.in(folder, realm, "chief");
        published = PublishingServer.start();
        realm.post("/roles", "{\"name\": \"editor\"}");
        realm.clients().create("""
                {"clientId": "%s", "secret": "secret", "attributes": {"mcp.required-role": "editor"}}
                """.formatted(LIMITED));
        declare();
        holder = McpClient.of(realm).registered(ClientMetadata.unique("Holder"));
    }

    /** Whatever a situation has left, so that a failure of one is none of the next. */
    @AfterEach
    void restore() {
        frontend("");
        declare();
        scope(true);
        roleOnScope(false);
        guard("known-clients");
        guard("forced-scopes");
        realm.update("{\"loginTheme\": \"mcp\"}");
    }

    @AfterAll
    void stop() {
        published.close();
    }

    @ParameterizedTest
    @MethodSource("situations")
    void isNamedWithItsCauseAndIsOverWhenTheFixIsFollowed(Situation situation) {
        situation.breaks().run();
        if (situation.flow() != null) {
            assertThat(situation.flow().get().getsIn()).isFalse();
        }
        Diagnosis broken = diagnose(situation);
        broken.names(situation.finding(), situation.words().toArray(String[]::new));
        assertThat(broken.answer().path("ok").asBoolean())
                .as(broken.answer().toPrettyString())
                .isEqualTo(!situation.red());
        assertThat(script.run(situation.options(), situation.header()))
                .contains(situation.finding(), situation.red() ? "exit 1" : "No problem found.")
                .contains(situation.words());

        situation.fix().run();
        diagnose(situation).isGreen().namesNone(situation.finding());
        assertThat(script.run(situation.options(), situation.header()))
                .contains("No problem found.")
                .doesNotContain(situation.finding() + "\n", "exit");
        if (situation.flow() != null) {
            assertThat(situation.flow().get().end()).isEqualTo("token");
        }
    }

    Stream<Situation> situations() {
        return Stream.of(
                Situation.of("another URI than the declared one", "--client vscode --resource " + WRONG)
                        .named("resource-unknown", "POST", "servers", SERVER)
                        .fixedBy(() -> realm.post("/mcp/servers", "{\"uri\": \"%s\"}".formatted(WRONG)))
                        .seenBy(() -> newcomer(WRONG)),
                Situation.of("host name not set behind a proxy", ASKED)
                        .behind("X-Forwarded-Host: sso.example.com")
                        .named("proxy-not-trusted", "sso.example.com", "set hostname")
                        .fixedBy(() -> frontend("https://sso.example.com")),
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

    private Diagnosis diagnose(Situation situation) {
        if (situation.header().isEmpty()) {
            return Diagnosis.of(realm, situation.query());
        }
        int colon = situation.header().indexOf(": ");
        URI address = URI.create(
                realm.server().url() + "/admin/realms/" + realm.name() + "/mcp/diagnosis" + situation.query());
        return Diagnosis.of(StockRealm.administrator(realm, "chief")
                .with(situation.header().substring(0, colon), situation.header().substring(colon + 2))
                .get(address)
                .body());
    }

    private RealFlow newcomer(String resource) {
        return RealFlow.of(realm, ClientMetadata.unique("Newcomer"), resource);
    }

    private void declare() {
        AdminApi.succeeded(
                "PUT",
                "/mcp",
                realm.put(
                        "/mcp",
                        "{\"servers\": [\"%s\", \"%s\", \"%s\"]}".formatted(SERVER, LIMITED, published.resource())));
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
