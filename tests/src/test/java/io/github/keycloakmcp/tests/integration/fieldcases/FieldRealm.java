package io.github.keycloakmcp.tests.integration.fieldcases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.McpRealm;

/** Realms as people have them, enabled for MCP. */
final class FieldRealm {

    private FieldRealm() {}

    /** A realm that Keycloak made, with the user alice and these client scopes; the caller closes it. */
    static McpRealm create(McpRealm neighbour, String name, JsonNode scopes, JsonNode document) {
        McpRealm realm = McpRealm.create(neighbour.server(), Json.object(), neighbour.name() + "-" + name);
        AdminApi.succeeded("POST", "/users", realm.post("/users", user()));
        scopes.forEach(scope -> add(realm, scope));
        if (!scopes.isEmpty()) {
            AdminApi.succeeded("POST", "/groups", realm.post("/groups", "{\"name\": \"users\"}"));
            String group = realm.read("/groups").path(0).path("id").asText();
            String joined = "/users/" + realm.userId("alice") + "/groups/" + group;
            AdminApi.succeeded("PUT", joined, realm.put(joined, "{}"));
        }
        enable(realm, document.toString());
        return realm;
    }

    /** A realm from a file, with the user alice, who has no roles: an import gives users only those that it names. */
    static McpRealm imported(McpRealm neighbour, String name, String file) {
        ObjectNode realm = Json.parseObject(file);
        realm.putArray("users").add(user());
        return McpRealm.create(neighbour.server(), realm, neighbour.name() + "-" + name);
    }

    private static ObjectNode user() {
        return Json.parseObject("""
                {"username": "alice", "enabled": true, "email": "alice@example.com", "emailVerified": true,
                 "firstName": "Alice", "lastName": "Example",
                 "credentials": [{"type": "password", "value": "alice", "temporary": false}]}
                """);
    }

    static void enable(McpRealm realm, String document) {
        AdminApi.succeeded("PUT", "/mcp", realm.put("/mcp", document));
    }

    /** Adds a client scope: its name, how the realm assigns it, and its mapper if it has one. */
    static void add(McpRealm realm, JsonNode scope) {
        ObjectNode created = Json.object();
        created.put("name", scope.path("name").asText()).put("protocol", "openid-connect");
        created.putObject("attributes")
                .put("include.in.token.scope", "true")
                .put("include.in.openid.provider.metadata", "true");
        if (scope.has("mapper")) {
            ObjectNode mapper = scope.path("mapper").deepCopy();
            created.putArray("protocolMappers").add(mapper.put("name", "mapper").put("protocol", "openid-connect"));
        }
        realm.scopes().create(created.toString());
        String id = realm.scopes().get(scope.path("name").asText()).path("id").asText();
        String path = "/default-" + scope.path("assigned").asText() + "-client-scopes/" + id;
        AdminApi.succeeded("PUT", path, realm.put(path, "{}"));
    }
}
