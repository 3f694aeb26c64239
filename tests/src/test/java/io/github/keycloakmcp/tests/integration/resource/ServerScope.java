package io.github.keycloakmcp.tests.integration.resource;

import java.util.List;

import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.McpRealm;

/** The own scopes of three MCP servers; the third has none. Each scope needs the role that it names, or none. */
enum ServerScope {
    CALENDAR_READ("calendar:read", "", McpRealm.SERVER_A),
    CALENDAR_WRITE("calendar:write", "writer", McpRealm.SERVER_A),
    MAIL_READ("mail:read", "", McpRealm.SERVER_B),
    SEARCH("search", "searcher", McpRealm.SERVER_A, McpRealm.SERVER_B);

    /** A server without own scopes. */
    static final String PLAIN = "https://plain.example/mcp";

    private final String scope;
    private final String role;
    private final String servers;

    ServerScope(String scope, String role, String... servers) {
        this.scope = scope;
        this.role = role;
        this.servers = String.join(" ", servers);
    }

    String scope() {
        return scope;
    }

    boolean isOf(String server) {
        return List.of(servers.split(" ")).contains(server);
    }

    boolean isFor(String userRole) {
        return role.isEmpty() || role.equals(userRole);
    }

    /** A scope as an administrator imports it. */
    static String json(String name, String... servers) {
        return """
                {"name": "%s", "protocol": "openid-connect",
                 "attributes": {"include.in.token.scope": "true", "display.on.consent.screen": "true",
                   "include.in.openid.provider.metadata": "true"},
                 "protocolMappers": [{"name": "MCP servers", "protocol": "openid-connect",
                   "protocolMapper": "mcp-resource-audience",
                   "config": {"mcp-servers": "%s", "server-scope": "true"}}]}
                """.formatted(name, String.join("##", servers));
    }

    /** Makes all of them, with their roles and a group for each role. */
    static void declare(McpRealm realm) {
        new Catalogue(realm).declare(McpRealm.SERVER_A, McpRealm.SERVER_B, PLAIN);
        for (String role : List.of("writer", "searcher")) {
            AdminApi.succeeded("POST", "/roles", realm.post("/roles", "{\"name\": \"%s\"}".formatted(role)));
            AdminApi.succeeded("POST", "/groups", realm.post("/groups", "{\"name\": \"%s\"}".formatted(role)));
            map(realm, group(realm, role) + "/role-mappings/realm", role);
        }
        for (ServerScope one : values()) {
            realm.scopes().create(json(one.scope, one.servers.split(" ")));
            if (!one.role.isEmpty()) {
                map(realm, realm.scopes().path(one.scope) + "/scope-mappings/realm", one.role);
            }
        }
    }

    /** Assigns a realm role at a path of the Admin REST API. */
    static void map(McpRealm realm, String path, String role) {
        AdminApi.succeeded("POST", path, realm.post(path, "[" + realm.read("/roles/" + role) + "]"));
    }

    /** The admin path of the group for a role. */
    static String group(McpRealm realm, String role) {
        return "/groups/"
                + realm.read("/groups?exact=true&search=" + role)
                        .path(0)
                        .path("id")
                        .asText();
    }
}
