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

    ServersResource(AdminContext admin, RealmSetUp setUp) {
        this.admin = admin;
        this.setUp = setUp;
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
            List<String> servers = new ArrayList<>(setUp.document().list(SetUpDocumentReader.SERVERS));
            if (servers.contains(uri)) {
                return JsonResponses.ok(
                        JsonSerialization.mapper.createObjectNode().put(URI, uri));
            }
            servers.add(uri);
            return write(servers);
        } catch (InvalidInput e) {
            return JsonResponses.invalid(e);
        }
    }

    /** Removes a server. Refresh tokens for it are refused at once, access tokens live until they expire. */
    @DELETE
    public Response remove(@QueryParam(URI) @Nullable String uri) {
        admin.mayManage();
        List<String> servers = new ArrayList<>(setUp.document().list(SetUpDocumentReader.SERVERS));
        if (uri == null || !servers.remove(uri)) {
            return JsonResponses.error(Response.Status.NOT_FOUND, "no such MCP server in the scope that enabling made");
        }
        try {
            return write(servers);
        } catch (InvalidInput e) {
            return JsonResponses.invalid(e);
        }
    }

    private Response write(List<String> servers) throws InvalidInput {
        if (!setUp.isEnabled()) {
            return JsonResponses.error(
                    Response.Status.CONFLICT, "the realm is not enabled for MCP; PUT …/mcp enables it");
        }
        List<Change> changes = setUp.enable(new SetUpDocument(Map.of(SetUpDocumentReader.SERVERS, servers)), false);
        if (!changes.isEmpty()) {
            admin.did(OperationType.UPDATE, RealmSetUp.json(changes));
        }
        return JsonResponses.ok(RealmSetUp.json(changes));
    }
}
