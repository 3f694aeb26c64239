package io.github.keycloakmcp.tests.server;

import java.net.URI;
import java.util.List;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.response.Response;

/**
 * A realm of its own for one test class, made from the shipped realm file and the demo users. Admin operations take
 * paths below {@code /admin/realms/<name>} with a leading slash.
 */
public final class McpRealm implements AutoCloseable {

    /** The first MCP server that the realm file declares by default. */
    public static final String SERVER_A = "http://localhost:3001/mcp";

    /** The second MCP server that the realm file declares by default. */
    public static final String SERVER_B = "http://localhost:3002/mcp";

    /** Each realm has a client in the master realm; two classes that make and remove realms at once would meet there. */
    private static final Object WRITING_MASTER = new Object();

    private static final int CONFLICT = 409;

    private final KeycloakServer server;
    private final AdminApi admin;
    private final String name;

    private McpRealm(KeycloakServer server, AdminApi admin, String name) {
        this.server = server;
        this.admin = admin;
        this.name = name;
    }

    /** Creates the realm under a new name, with its events of all types saved. */
    public static McpRealm create(KeycloakServer server, ObjectNode representation, String name) {
        AdminApi admin = new AdminApi(server);
        ObjectNode realm = representation.deepCopy();
        realm.remove("id");
        realm.put("realm", name);
        realm.put("enabled", true);
        realm.put("eventsEnabled", true);
        realm.set("enabledEventTypes", admin.serverInfo().path("enums").path("eventType"));
        realm.put("adminEventsEnabled", true);
        RealmKeys.addTo(realm);
        synchronized (WRITING_MASTER) {
            AdminApi.succeeded("POST", "", admin.post("", realm));
        }
        return new McpRealm(server, admin, name);
    }

    /** The same realm, asked at another node of the cluster. */
    public McpRealm at(KeycloakServer node) {
        return new McpRealm(node, new AdminApi(node), name);
    }

    /** The realm's name, unique in the test run. */
    public String name() {
        return name;
    }

    /** The server the realm is on. */
    public KeycloakServer server() {
        return server;
    }

    /** The issuer, which is also the realm's base URL. */
    public URI issuer() {
        return URI.create(server.url() + "/realms/" + name);
    }

    /** Raw Admin REST: GET. */
    public Response get(String path) {
        return admin.get("/" + name + path);
    }

    /** Raw Admin REST: PUT of JSON text or a JSON tree. */
    public Response put(String path, Object json) {
        return admin.put("/" + name + path, json);
    }

    /** Raw Admin REST: POST of JSON text or a JSON tree. */
    public Response post(String path, Object json) {
        return admin.post("/" + name + path, json);
    }

    /** Raw Admin REST: DELETE. */
    public Response delete(String path) {
        return admin.delete("/" + name + path);
    }

    /** Raw Admin REST: DELETE of those that a JSON document names. */
    public Response delete(String path, Object json) {
        return admin.delete("/" + name + path, json);
    }

    /** Whether the server runs with this feature of Keycloak, which does a part of the extension's work in other realms. */
    public boolean hasUpstreamFeature(String feature) {
        return Json.texts(read("/mcp").path("upstreamFeatures")).contains(feature);
    }

    /** GET that has to succeed. */
    public JsonNode read(String path) {
        return admin.read("/" + name + path);
    }

    /**
     * Reads an object, lets the caller change it, and writes it back to the same path; has to succeed. As a person would, it
     * does so again where somebody else has changed the object meanwhile, such as the server that notes the last use.
     */
    public void edit(String path, Consumer<ObjectNode> change) {
        Response first = edited(path, change);
        AdminApi.succeeded("PUT", path, first.statusCode() == CONFLICT ? edited(path, change) : first);
    }

    private Response edited(String path, Consumer<ObjectNode> change) {
        ObjectNode object = Json.parseObject(read(path).toString());
        change.accept(object);
        return put(path, object);
    }

    /** The realm representation. */
    public JsonNode representation() {
        return read("");
    }

    /** Changes members of the realm representation; those not named stay. */
    public void update(String partialJson) {
        AdminApi.succeeded("PUT", "", put("", Json.parseObject(partialJson)));
    }

    /** Saved events, newest first. */
    public List<RealmEvent> events() {
        return RealmEvent.all(read("/events?max=200"));
    }

    /** Saved events of one type, newest first. */
    public List<RealmEvent> events(String type) {
        return events().stream().filter(event -> event.type().equals(type)).toList();
    }

    /** Forgets all saved events. */
    public void clearEvents() {
        AdminApi.succeeded("DELETE", "/events", delete("/events"));
    }

    /** The clients of the realm: full representations, searches and changes. */
    public RealmClients clients() {
        return new RealmClients(this);
    }

    /** The client scopes of the realm with their mappers. */
    public RealmScopes scopes() {
        return new RealmScopes(this);
    }

    /** The components (registration policies among them) of one provider id. */
    public List<JsonNode> components(String providerId) {
        return Lookup.all(read("/components"), "providerId", providerId);
    }

    /** Changes the settings of all registration policies of this extension; has to succeed. */
    public void editRegistration(Consumer<ObjectNode> change) {
        components("mcp-client-registration")
                .forEach(policy -> edit(
                        "/components/" + policy.path("id").asText(),
                        component -> change.accept(component.withObject("/config"))));
    }

    /** Changes one setting of all registration policies of this extension; has to succeed. */
    public void setRegistration(String setting, String... values) {
        editRegistration(config -> config.set(setting, Json.tree(List.of(values))));
    }

    /** The internal id of a user. */
    public String userId(String username) {
        return Lookup.only(read("/users?exact=true&username=" + username), "username", username)
                .path("id")
                .asText();
    }

    /** Gives a user a realm role, or takes it away. */
    public void role(String username, String role, boolean has) {
        String path = "/users/" + userId(username) + "/role-mappings/realm";
        ArrayNode roles = Json.object().putArray("roles").add(read("/roles/" + role));
        AdminApi.succeeded(has ? "POST" : "DELETE", path, has ? post(path, roles) : delete(path, roles));
    }

    /** Takes back whatever a user has consented to. */
    public void revokeConsents(String username) {
        String consents = "/users/" + userId(username) + "/consents";
        for (JsonNode consent : read(consents)) {
            String path = consents + "/" + consent.path("clientId").asText();
            AdminApi.succeeded("DELETE", path, delete(path));
        }
    }

    /** Ends all sessions of the realm. */
    public void logoutAll() {
        AdminApi.succeeded("POST", "/logout-all", post("/logout-all", "{}"));
    }

    /** Removes the realm. */
    @Override
    public void close() {
        synchronized (WRITING_MASTER) {
            Response first = delete("");
            AdminApi.succeeded("DELETE", "", first.statusCode() == CONFLICT ? delete("") : first);
        }
    }
}
