package io.github.keycloakmcp.tests.server;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The clients of a realm by their {@code client_id}. */
public final class RealmClients {

    private static final List<String> UNORDERED =
            List.of("redirectUris", "webOrigins", "defaultClientScopes", "optionalClientScopes");

    private final McpRealm realm;

    RealmClients(McpRealm realm) {
        this.realm = realm;
    }

    /** All client ids. */
    public List<String> ids() {
        return StreamSupport.stream(realm.read("/clients?max=10000").spliterator(), false)
                .map(client -> client.path("clientId").asText())
                .toList();
    }

    /** Whether there is such a client. */
    public boolean contains(String clientId) {
        return !Lookup.all(search(clientId), "clientId", clientId).isEmpty();
    }

    /** The full representation; lists that Keycloak keeps in no order are sorted, so that two answers can be compared. */
    public JsonNode get(String clientId) {
        ObjectNode client = Lookup.only(search(clientId), "clientId", clientId).deepCopy();
        for (String unordered : UNORDERED) {
            if (client.has(unordered)) {
                client.set(
                        unordered,
                        Json.tree(Json.texts(client.path(unordered)).stream()
                                .sorted()
                                .toList()));
            }
        }
        return client;
    }

    /** The admin path of a client, for everything below it. */
    public String path(String clientId) {
        return "/clients/" + get(clientId).path("id").asText();
    }

    /** Creates a client from its representation. */
    public void create(String json) {
        AdminApi.succeeded("POST", "/clients", realm.post("/clients", json));
    }

    /** Reads, changes and writes a client. */
    public void edit(String clientId, Consumer<ObjectNode> change) {
        realm.edit(path(clientId), change);
    }

    /** Removes a client. */
    public void delete(String clientId) {
        String path = path(clientId);
        AdminApi.succeeded("DELETE", path, realm.delete(path));
    }

    /** The names of the client's default scopes. */
    public List<String> defaultScopes(String clientId) {
        return names(path(clientId) + "/default-client-scopes");
    }

    /** The names of the client's optional scopes. */
    public List<String> optionalScopes(String clientId) {
        return names(path(clientId) + "/optional-client-scopes");
    }

    private List<String> names(String path) {
        return StreamSupport.stream(realm.read(path).spliterator(), false)
                .map(scope -> scope.path("name").asText())
                .toList();
    }

    private JsonNode search(String clientId) {
        return realm.read("/clients?clientId=" + URLEncoder.encode(clientId, StandardCharsets.UTF_8));
    }
}
