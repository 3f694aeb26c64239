package io.github.keycloakmcp.tests.integration.admin;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.McpRealm;

import static io.github.keycloakmcp.tests.integration.admin.StockRealm.SERVER;

/**
 * A realm whose settings an administrator has chosen by chance.
 *
 * @param realm the realm
 * @param added paths of what was added and has to be removed again
 */
record RandomSettings(McpRealm realm, List<String> added) {

    private static final String ALIAS = "https://tools.example.com";
    private static final String LIMITED = "https://limited.example.com/mcp";

    /** Declares the MCP servers that {@link #resource} chooses from. */
    static RandomSettings in(McpRealm realm) {
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
        return new RandomSettings(realm, new ArrayList<>());
    }

    /** An MCP server that a client may ask for, or that there is not. */
    String resource(Dice dice) {
        return dice.choose("resource", SERVER, SERVER, SERVER + "/", ALIAS, LIMITED, "https://no.example/mcp");
    }

    /** Removes every client that came by itself. */
    void removeClients() {
        for (JsonNode client : realm.read("/clients?max=1000")) {
            if (client.path("attributes").has("mcp.registered")) {
                realm.delete("/clients/" + client.path("id").asText());
            }
        }
    }

    /** Removes what was added. */
    void restore() {
        added.forEach(realm::delete);
        added.clear();
        ArrayNode editor = Json.object().putArray("roles").add(realm.read("/roles/editor"));
        realm.delete("/users/" + realm.userId("alice") + "/role-mappings/realm", editor);
        realm.delete(realm.scopes().path("mcp:tools") + "/scope-mappings/realm", editor);
        realm.delete("/default-default-client-scopes/"
                + realm.scopes().get("mcp:tools").path("id").asText());
        house(false);
    }

    /** Chooses. */
    void choose(Dice dice) {
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
        realm.editRegistration(config -> {
            config.set("known-clients", Json.tree(knownClients.isEmpty() ? List.of("") : knownClients));
            config.set("trusted-hosts", Json.tree(hosts.isEmpty() ? List.of("") : hosts));
            config.set("private-use-schemes", Json.tree(schemes.isEmpty() ? List.of("") : schemes));
            config.set("forced-scopes", Json.tree(forced.isEmpty() ? List.of("") : forced));
            config.set("allow-loopback", Json.tree(List.of(loopback)));
            config.set("any-https-redirect", Json.tree(List.of(any)));
        });
        throwGuard(dice);
        throwOthers(dice);
    }

    /** Those of the profile that set-up made; the realm has another one before. */
    static ArrayNode executors(JsonNode profiles) {
        for (JsonNode profile : profiles.path("profiles")) {
            if (profile.path("name").asText().equals("mcp")) {
                return (ArrayNode) profile.path("executors");
            }
        }
        throw new AssertionError("no profile mcp in " + profiles.toPrettyString());
    }

    private void throwGuard(Dice dice) {
        String documents = dice.choose("documents", "any", "known", "listed");
        List<String> knownClients = dice.choose("guard known", List.of(), List.of(), List.of("vscode", "codex"));
        String loopback = dice.choose("guard loopback", "inherited", "inherited", "false", "true");
        List<String> forced = dice.choose("guard forced", List.of(), List.of(), List.of(), List.of("mcp:tools"));
        String pkce = dice.choose("pkce", "required", "required", "required", "optional");
        realm.edit("/client-policies/profiles", profiles -> {
            ArrayNode executors = executors(profiles);
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
