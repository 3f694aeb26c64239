package io.github.keycloakmcp.tests.integration.admin;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Registration;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.DocumentHost;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.McpRealm;

/**
 * A realm with everything that the extension adds, and what it was before it is exported.
 *
 * @param client a self-registered client with an approval
 * @param again one whose user took the consent back, and gave it again for one of two servers
 * @param documented one with a metadata document, with an approval
 */
record Backup(
        McpRealm realm,
        McpClient client,
        McpClient again,
        McpClient documented,
        Registration registration,
        Tokens offline,
        String parts,
        List<JsonNode> settings,
        List<String> approvals) {

    static final String OTHER = "https://other.example.com/mcp";
    private static final String REDIRECT = "http://localhost:4711/callback";

    /** Fills a stock realm. */
    static Backup of(McpRealm realm, DocumentHost documents) {
        TeamRealm.make(realm);
        put(realm, "/mcp", """
                {"servers": ["%s", "%s"], "allowLoopbackDocuments": true, "maxClients": 77}
                """.formatted(StockRealm.SERVER, OTHER));
        AdminApi.succeeded("POST", "/roles", realm.post("/roles", "{\"name\": \"editor\"}"));
        put(realm, "/mcp/servers", """
                {"uri": "https://notes.example.com/mcp", "name": "Notes", "scopes": [
                  {"name": "notes:read", "text": "Read your notes"}, {"name": "notes:write", "text": "Write notes", "roles": ["editor"]}]}
                """);
        put(realm, "/mcp/identity-providers/acme", """
                {"issuer": "https://login.acme.example", "jwksUrl": "https://login.acme.example/keys",
                 "documentClients": true, "servers": ["%s"], "users": "email"}
                """.formatted(StockRealm.SERVER));
        put(realm, "/mcp/page", "{}");

        McpClient again = McpClient.of(realm).registered(ClientMetadata.unique("Again"));
        approve(again, StockRealm.SERVER, "mcp:tools");
        approve(again, OTHER, "mcp:tools");
        realm.revokeConsents("alice");
        approve(again, StockRealm.SERVER, "mcp:tools");
        Registration registration = McpClient.of(realm).register(ClientMetadata.unique("Resident"));
        McpClient client = McpClient.of(realm).identifiedBy(registration);
        approve(client, StockRealm.SERVER, "mcp:tools");
        Tokens offline = approve(client, StockRealm.SERVER, "mcp:tools offline_access");
        String url = documents.publish("/" + realm.name(), "\"redirect_uris\": [\"" + REDIRECT + "\"]");
        McpClient documented = McpClient.of(realm).identifiedBy(url, null, REDIRECT);
        approve(documented, StockRealm.SERVER, "mcp:tools");
        return new Backup(
                realm,
                client,
                again,
                documented,
                registration,
                offline,
                parts(realm),
                settings(realm),
                approvals(realm));
    }

    static Tokens approve(McpClient client, String resource, String scope) {
        return client.obtain(
                Browser.of("alice"), client.authorization().resource(resource).scope(scope));
    }

    private static void put(McpRealm realm, String path, String document) {
        AdminApi.succeeded("PUT", path, realm.put(path, document));
    }

    static List<JsonNode> settings(McpRealm realm) {
        return Stream.of("/mcp", "/mcp/servers", "/mcp/identity-providers", "/mcp/identity-providers/acme")
                .map(realm::read)
                .toList();
    }

    /**
     * What is ours in the export: policies, and the attributes and mappers of clients and scopes. Keycloak itself adds defaults to
     * others when it imports them. The last use of a client is written later.
     */
    static String parts(McpRealm realm) {
        JsonNode export = StockRealm.export(realm);
        Map<String, JsonNode> ours = new TreeMap<>();
        Stream.of("clientPolicies", "clientProfiles", "components", "requiredActions")
                .forEach(part -> ours.put(part, export.path(part)));
        for (JsonNode client : export.path("clients")) {
            ours.put("client " + client.path("clientId").asText(), attributes(client));
        }
        for (JsonNode scope : export.path("clientScopes")) {
            String name = "scope " + scope.path("name").asText();
            ours.put(name, attributes(scope));
            scope.path("protocolMappers").findParents("protocolMapper").stream()
                    .filter(mapper -> mapper.path("protocolMapper").asText().startsWith("mcp-"))
                    .forEach(mapper -> ours.put(name + " " + mapper.path("name").asText(), mapper));
        }
        return ours.toString();
    }

    private static JsonNode attributes(JsonNode owner) {
        ObjectNode ours = Json.object();
        owner.path("attributes").properties().stream()
                .filter(attribute -> attribute.getKey().startsWith("mcp."))
                .filter(attribute -> !attribute.getKey().equals("mcp.last-used"))
                .forEach(attribute -> ours.set(attribute.getKey(), attribute.getValue()));
        return ours;
    }

    /** All but the time, which is that of the import. */
    static List<String> approvals(McpRealm realm) {
        return StreamSupport.stream(
                        realm.read("/mcp/approvals?max=100").path("approvals").spliterator(), false)
                .map(approval -> approval.path("username") + " " + approval.path("clientId") + " "
                        + approval.path("server") + " " + approval.path("scopes"))
                .sorted()
                .toList();
    }

    @Override
    public String toString() {
        return realm.name();
    }
}
