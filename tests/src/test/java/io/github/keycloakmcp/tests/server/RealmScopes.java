package io.github.keycloakmcp.tests.server;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The client scopes of a realm and their protocol mappers, by name. */
public final class RealmScopes {

    private final McpRealm realm;

    RealmScopes(McpRealm realm) {
        this.realm = realm;
    }

    /** All names. */
    public List<String> names() {
        return StreamSupport.stream(realm.read("/client-scopes").spliterator(), false)
                .map(scope -> scope.path("name").asText())
                .toList();
    }

    /** The full representation with its mappers. */
    public JsonNode get(String name) {
        return Lookup.only(realm.read("/client-scopes"), "name", name);
    }

    /** The admin path of a scope. */
    public String path(String name) {
        return "/client-scopes/" + get(name).path("id").asText();
    }

    /** Creates a scope from its representation. */
    public void create(String json) {
        AdminApi.succeeded("POST", "/client-scopes", realm.post("/client-scopes", json));
    }

    /** Reads, changes and writes the first mapper of a kind in a scope. */
    public void editMapper(String scope, String mapperProviderId, Consumer<ObjectNode> change) {
        JsonNode mapper = Lookup.all(get(scope).path("protocolMappers"), "protocolMapper", mapperProviderId).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(scope + " has no mapper " + mapperProviderId));
        realm.edit(path(scope) + "/protocol-mappers/models/" + mapper.path("id").asText(), change);
    }
}
