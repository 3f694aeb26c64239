package io.github.keycloakmcp.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.admin.setup.Change;
import io.github.keycloakmcp.admin.setup.InvalidInput;
import io.github.keycloakmcp.admin.setup.Part;
import io.github.keycloakmcp.admin.setup.PartKind;
import io.github.keycloakmcp.admin.setup.RealmSetUp;
import io.github.keycloakmcp.admin.setup.SetUpDocument;
import io.github.keycloakmcp.admin.setup.SetUpDocumentReader;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.ClientModel;
import org.keycloak.util.JsonSerialization;

/** {@code …/mcp/servers}: the MCP servers that the realm's client scopes open. */
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ServersResource {

    private static final String URI = "uri";

    private final AdminContext admin;
    private final RealmSetUp setUp;

    ServersResource(AdminContext admin) {
        this.admin = admin;
        this.setUp = new RealmSetUp(admin.session(), admin.realm());
    }

    /** All declared servers, each with the scope that opens it and its client, where it has one. */
    @GET
    public Response list() {
        admin.mayView();
        ArrayNode servers = JsonSerialization.mapper.createArrayNode();
        for (Part mapper : setUp.parts()) {
            if (mapper.kind() == PartKind.PROTOCOL_MAPPER) {
                for (String uri : setUp.servers(mapper)) {
                    ObjectNode server = servers.addObject().put(URI, uri).put("scope", mapper.name());
                    ClientModel client = admin.realm().getClientByClientId(uri);
                    if (client != null) {
                        server.put("client", client.getId());
                    }
                }
            }
        }
        return JsonResponses.ok(servers);
    }

    /** Adds a server to the scope that enabling made; one that is there already is no error. */
    @POST
    public Response add(@Nullable String body) {
        admin.mayManage();
        try {
            String uri = ServerUri.read(body);
            return new RealmChange(admin).make(own -> new ServersResource(own).declare(uri));
        } catch (InvalidInput e) {
            return JsonResponses.invalid(e);
        }
    }

    /** Removes a server. Refresh tokens for it are refused at once, access tokens live until they expire. */
    @DELETE
    public Response remove(@QueryParam(URI) @Nullable String uri) {
        admin.mayManage();
        return uri == null ? unknown() : new RealmChange(admin).make(own -> new ServersResource(own).withdraw(uri));
    }

    private Response declare(String uri) {
        List<String> servers = declared();
        if (servers.contains(uri)) {
            return JsonResponses.ok(JsonSerialization.mapper.createObjectNode().put(URI, uri));
        }
        servers.add(uri);
        return write(servers, OperationType.CREATE, uri);
    }

    private Response withdraw(String uri) {
        List<String> servers = declared();
        return servers.remove(uri) ? write(servers, OperationType.DELETE, uri) : unknown();
    }

    private Response write(List<String> servers, OperationType operation, String uri) {
        if (!setUp.isEnabled()) {
            return JsonResponses.error(
                    Response.Status.CONFLICT, "the realm is not enabled for MCP; PUT …/mcp enables it");
        }
        try {
            List<Change> changes = setUp.enable(new SetUpDocument(Map.of(SetUpDocumentReader.SERVERS, servers)), false);
            admin.did(operation, Map.of(URI, uri), "mcp", "servers", uri);
            return JsonResponses.ok(RealmSetUp.json(changes));
        } catch (InvalidInput e) {
            return JsonResponses.invalid(e);
        }
    }

    private List<String> declared() {
        return new ArrayList<>(setUp.document().list(SetUpDocumentReader.SERVERS));
    }

    private static Response unknown() {
        return JsonResponses.error(Response.Status.NOT_FOUND, "no such MCP server in the scope that enabling made");
    }
}
