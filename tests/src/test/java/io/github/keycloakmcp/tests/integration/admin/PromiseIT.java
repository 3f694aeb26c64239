package io.github.keycloakmcp.tests.integration.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.github.keycloakmcp.tests.integration.admin.StockRealm.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What diagnosis says of a known client is what becomes of it: in realms with settings by chance, each client is judged by
 * diagnosis, and then really registers, and alice really logs in.
 */
@KeycloakTest(demo = false)
class PromiseIT extends InStockRealm {

    private static final String ALIAS = "https://tools.example.com";
    private static final String LIMITED = "https://limited.example.com/mcp";
    private static final int SEEDS = Integer.getInteger("promise.seeds", 24);
    private static final long FIRST = Long.getLong("promise.first", 1);

    /** Findings that say that this client or user does not get in. */
    private static final List<String> REFUSALS = List.of(
            "client-would-be-refused",
            "client-would-be-refused-at-login",
            "resource-unknown",
            "user-without-role",
            "user-without-access",
            "user-disabled");

    private final List<Boolean> promised = new ArrayList<>();
    private final List<String> added = new ArrayList<>();

    static LongStream seeds() {
        return LongStream.range(FIRST, FIRST + SEEDS);
    }

    @BeforeAll
    void make() {
        realm.put("/mcp", "{\"servers\": [\"%s\", \"%s\"]}".formatted(SERVER, LIMITED));
        realm.post("/roles", "{\"name\": \"editor\"}");
        realm.clients().create("""
                {"clientId": "%s", "secret": "secret", "attributes": {"mcp.required-role": "editor"}}
                """.formatted(LIMITED));
        realm.scopes().create("{\"name\": \"plain\", \"protocol\": \"openid-connect\"}");
        realm.scopes()
                .editMapper(
                        "mcp:tools",
                        "mcp-resource-audience",
                        mapper -> mapper.withObject("/config").put("mcp-server-aliases", ALIAS + " " + SERVER));
    }

    @BeforeEach
    void removeClients() {
        for (JsonNode client : realm.read("/clients?max=1000")) {
            if (client.path("attributes").has("mcp.registered")) {
                realm.delete("/clients/" + client.path("id").asText());
            }
        }
    }

    @AfterEach
    void removeWhatWasAdded() {
        added.forEach(realm::delete);
        added.clear();
        ArrayNode editor = Json.object().putArray("roles").add(realm.read("/roles/editor"));
        realm.delete("/users/" + realm.userId("alice") + "/role-mappings/realm", editor);
        realm.delete(realm.scopes().path("mcp:tools") + "/scope-mappings/realm", editor);
        realm.delete("/default-default-client-scopes/"
                + realm.scopes().get("mcp:tools").path("id").asText());
        house(false);
    }

    @AfterAll
    void bothAnswersOccurred() {
        assertThat(promised.stream().filter(getsIn -> getsIn))
                .as("clients that get in")
                .hasSizeGreaterThan(SEEDS / 10);
        assertThat(promised.stream().filter(getsIn -> !getsIn))
                .as("clients that do not")
                .hasSizeGreaterThan(SEEDS / 10);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatDiagnosisSaysOfAClientIsWhatBecomesOfIt(long seed) {
        Dice dice = new Dice(seed);
        throwSettings(dice);
        String known = dice.choose("client", StockRealm.knownClients().toArray(String[]::new));
        String resource =
                dice.choose("resource", SERVER, SERVER, SERVER + "/", ALIAS, LIMITED, "https://no.example/mcp");
        Diagnosis diagnosis = Diagnosis.of(realm, "?user=alice&client=" + known + "&resource=" + resource);
        RealFlow flow = RealFlow.of(realm, KnownMetadata.of(known), resource);
        String context = "seed %d: %s%n%s%n%s"
                .formatted(seed, dice, flow, diagnosis.answer().toPrettyString());
        if (promises(diagnosis)) {
            assertThat(flow.getsIn()).as("wrongly green, %s", context).isTrue();
            promised.add(true);
        } else if (diagnosis.ids().stream().anyMatch(REFUSALS::contains)) {
            assertThat(flow.getsIn()).as("wrongly red, %s", context).isFalse();
            promised.add(false);
        }
    }

    /** Nothing is in the way, and the client would register, without reservation, and log in. */
    private static boolean promises(Diagnosis diagnosis) {
        return diagnosis.answer().path("ok").asBoolean()
                && diagnosis.ids().contains("client-would-log-in")
                && diagnosis.ids().contains("user-has-access")
                && diagnosis.answer().path("findings").findParents("id").stream()
                        .filter(finding -> finding.path("id").asText().equals("client-would-register"))
                        .anyMatch(finding -> finding.path("severity").asText().equals("info"));
    }

    private void throwSettings(Dice dice) {
        List<String> knownClients =
                dice.choose("known", List.of("*"), List.of("*"), List.of(), List.of("claude", "vscode"));
        List<String> hosts = dice.choose(
                "trusted", List.of(), List.of("claude.ai", "claude.com"), List.of("*.vscode.dev", "vscode.dev"));
        List<String> schemes = dice.choose("schemes", List.of(), List.of("cursor", "grokbot"));
        List<String> forced = dice.choose(
                "forced",
                List.of("mcp:tools"),
                List.of("mcp:tools"),
                List.of("mcp:tools", "plain"),
                List.of("plain"),
                List.of(),
                List.of("gone"));
        String loopback = dice.choose("loopback", "true", "true", "false");
        String any = dice.choose("any https", "false", "false", "true");
        for (JsonNode policy : realm.components("mcp-client-registration")) {
            realm.edit("/components/" + policy.path("id").asText(), component -> {
                ObjectNode config = component.withObject("/config");
                config.set("known-clients", Json.tree(knownClients.isEmpty() ? List.of("") : knownClients));
                config.set("trusted-hosts", Json.tree(hosts.isEmpty() ? List.of("") : hosts));
                config.set("private-use-schemes", Json.tree(schemes.isEmpty() ? List.of("") : schemes));
                config.set("forced-scopes", Json.tree(forced.isEmpty() ? List.of("") : forced));
                config.set("allow-loopback", Json.tree(List.of(loopback)));
                config.set("any-https-redirect", Json.tree(List.of(any)));
            });
        }
        throwGuard(dice);
        throwOthers(dice);
    }

    private void throwGuard(Dice dice) {
        String documents = dice.choose("documents", "any", "known", "listed");
        List<String> knownClients = dice.choose("guard known", List.of(), List.of(), List.of("vscode", "codex"));
        String loopback = dice.choose("guard loopback", "inherited", "inherited", "false", "true");
        List<String> forced = dice.choose("guard forced", List.of(), List.of(), List.of(), List.of("mcp:tools"));
        String pkce = dice.choose("pkce", "required", "required", "required", "optional");
        realm.edit("/client-policies/profiles", profiles -> {
            ArrayNode executors = (ArrayNode) profiles.at("/profiles/0/executors");
            for (JsonNode executor : executors) {
                ObjectNode configuration = ((ObjectNode) executor).withObject("/configuration");
                if (executor.path("executor").asText().equals("mcp-client-guard")) {
                    configuration.set("known-clients", Json.tree(knownClients));
                    configuration.put("allow-loopback", loopback);
                    configuration.set("forced-scopes", Json.tree(forced));
                } else if (executor.path("executor").asText().equals("mcp-client-id-metadata-document")) {
                    configuration.put("documents-from", documents);
                }
            }
            for (int i = executors.size() - 1; i >= 0; i--) {
                if (executors.get(i).path("executor").asText().equals("pkce-enforcer")) {
                    executors.remove(i);
                }
            }
            if (pkce.equals("required")) {
                executors
                        .addObject()
                        .put("executor", "pkce-enforcer")
                        .putObject("configuration")
                        .put("auto-configure", true);
            }
        });
    }

    /** What else an administrator may have set: roles, registration policies and client policies of Keycloak. */
    private void throwOthers(Dice dice) {
        ArrayNode editor = Json.object().putArray("roles").add(realm.read("/roles/editor"));
        if (dice.rarely("role on scope", 5)) {
            realm.post(realm.scopes().path("mcp:tools") + "/scope-mappings/realm", editor);
        }
        if (dice.rarely("alice has the role", 2)) {
            realm.role("alice", "editor", true);
        }
        if (dice.rarely("MCP scope is a default of the realm", 4)) {
            String scope = "/default-default-client-scopes/"
                    + realm.scopes().get("mcp:tools").path("id").asText();
            AdminApi.succeeded("PUT", scope, realm.put(scope, "{}"));
        }
        if (dice.rarely("policy of Keycloak", 4)) {
            add(dice.choose("policy", "client-disabled", "consent-required", "scope", "trusted-hosts"));
        }
        if (dice.rarely("house rules", 6)) {
            house(true);
        }
    }

    private void add(String provider) {
        ObjectNode policy = Json.object()
                .put("name", "House " + provider)
                .put("providerId", provider)
                .put("providerType", "org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy")
                .put("subType", "anonymous");
        policy.putObject("config");
        if (provider.equals("trusted-hosts")) {
            policy.withObject("/config")
                    .set("host-sending-registration-request-must-match", Json.tree(List.of("true")));
            policy.withObject("/config").set("client-uris-must-match", Json.tree(List.of("true")));
            policy.withObject("/config").set("trusted-hosts", Json.tree(List.of("ci.example.com")));
        }
        AdminApi.succeeded("POST", "/components", realm.post("/components", policy));
        realm.components(provider).stream()
                .filter(component -> component.path("name").asText().startsWith("House"))
                .forEach(component ->
                        added.add("/components/" + component.path("id").asText()));
    }

    private void house(boolean enabled) {
        realm.edit(
                "/client-policies/policies",
                policies -> policies.path("policies").forEach(policy -> {
                    if (policy.path("name").asText().equals("house-rules")) {
                        ((ObjectNode) policy).put("enabled", enabled);
                    }
                }));
    }
}
