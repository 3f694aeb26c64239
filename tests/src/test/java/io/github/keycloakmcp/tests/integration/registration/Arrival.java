package io.github.keycloakmcp.tests.integration.registration;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.McpRealm;

/** The ways in which a client comes into a realm. */
enum Arrival {
    REGISTRATION,
    LISTED_DOCUMENT,
    OWN_HOST_DOCUMENT,
    ADMINISTRATOR;

    /** The host that receives the codes of each client. */
    static final String HOST = "app.example";

    static final String CODES = "https://" + HOST + "/cb";
    static final String REGISTERED = "mcp.registered";

    /** Makes a new client, and returns its client id. */
    String comesInto(McpRealm realm) {
        String unique = name().toLowerCase(Locale.ROOT) + "-" + Long.toString(System.nanoTime() & 0xffffff, 36);
        return switch (this) {
            case REGISTRATION ->
                McpClient.of(realm)
                        .register(ClientMetadata.unique("Came from " + HOST)
                                .redirects(CODES, "http://127.0.0.1:33418/cb"))
                        .clientId();
            case ADMINISTRATOR -> {
                ObjectNode client = Json.object().put("clientId", unique).put("publicClient", true);
                client.set("redirectUris", Json.tree(List.of(CODES)));
                client.set("defaultClientScopes", Json.tree(List.of("basic", "mcp:tools")));
                realm.clients().create(client.toString());
                yield unique;
            }
            case LISTED_DOCUMENT -> document(realm, unique, "listed");
            case OWN_HOST_DOCUMENT -> document(realm, unique, "unverified");
        };
    }

    /** A client as its document has left it; an import runs no client policies. No test can publish on a public host. */
    private static String document(McpRealm realm, String unique, String trust) {
        String id = "https://" + HOST + "/" + unique + ".json";
        ObjectNode client =
                Json.object().put("clientId", id).put("publicClient", true).put("consentRequired", true);
        client.put("fullScopeAllowed", false).put("name", "Published");
        client.set("redirectUris", Json.tree(List.of(CODES)));
        client.set("defaultClientScopes", Json.tree(List.of("basic", "mcp:tools")));
        client.set(
                "attributes",
                Json.tree(Map.of(
                        REGISTERED,
                        "1700000000",
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
