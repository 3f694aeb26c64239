package io.github.keycloakmcp.tests.realclients;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.McpRealm;

/**
 * A client of each kind, whose details an administrator opens in the admin console.
 *
 * @param ids their client ids
 */
record ConsoleClients(List<String> ids) {

    private static final String CODES = "https://console.example/cb";

    static ConsoleClients in(McpRealm realm) {
        realm.setRegistration("trusted-hosts", "console.example");
        String registered = McpClient.of(realm)
                .register(ClientMetadata.named("Registered").redirects(CODES))
                .clientId();
        ObjectNode own =
                Json.object().put("clientId", "made-by-an-administrator").put("publicClient", true);
        own.set("redirectUris", Json.tree(List.of(CODES)));
        own.set("defaultClientScopes", Json.tree(List.of("basic", "mcp:tools")));
        realm.clients().create(own.toString());
        return new ConsoleClients(List.of(
                registered, own.path("clientId").asText(), published(realm, "listed"), published(realm, "unverified")));
    }

    /** The order of an incident: the rules first, which then accept none of these clients. */
    static void tighten(McpRealm realm) {
        realm.setRegistration("trusted-hosts", "");
    }

    /**
     * What is stored, but for entries that the console writes for every client and that say the same as no entry, and for
     * the mark that an administrator has saved the client.
     */
    static JsonNode effective(JsonNode client) {
        ObjectNode copy = client.deepCopy();
        copy.withObject("/attributes").remove("mcp.administered");
        reduce(copy);
        reduce(copy.withObject("/attributes"));
        for (String unordered : List.of("redirectUris", "webOrigins", "defaultClientScopes", "optionalClientScopes")) {
            copy.set(unordered, Json.tree(new TreeSet<>(Json.texts(copy.path(unordered)))));
        }
        return copy;
    }

    private static void reduce(ObjectNode members) {
        Set<String> nothing = Set.of("", "false", "{}", "[]");
        members.properties()
                .removeIf(member -> nothing.contains(
                        member.getValue().isContainerNode()
                                ? member.getValue().toString()
                                : member.getValue().asText()));
    }

    /** A client as its document has left it, on a listed host or on its own; an import runs no client policies. */
    private static String published(McpRealm realm, String trust) {
        String id = "https://console.example/" + trust + ".json";
        ObjectNode client = Json.object().put("clientId", id).put("name", "Published");
        client.put("publicClient", true).put("consentRequired", true).put("fullScopeAllowed", false);
        client.set("redirectUris", Json.tree(List.of(CODES)));
        client.set("defaultClientScopes", Json.tree(List.of("basic", "mcp:tools")));
        client.set(
                "attributes",
                Json.tree(Map.of(
                        "mcp.registered", // now, or the server's clean-up takes it for one that nobody uses
                        Long.toString(Instant.now().getEpochSecond()),
                        "mcp.document.checked",
                        "1700000000",
                        "mcp.document.expires",
                        "1700000300",
                        "mcp.document.trust",
                        trust,
                        "pkce.code.challenge.method",
                        "S256")));
        ObjectNode imported = Json.object().put("ifResourceExists", "FAIL");
        imported.putArray("clients").add(client);
        AdminApi.succeeded("POST", "/partialImport", realm.post("/partialImport", imported));
        return id;
    }
}
