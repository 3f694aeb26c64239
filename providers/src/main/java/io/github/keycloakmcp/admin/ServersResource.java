package io.github.keycloakmcp.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.keycloakmcp.admin.setup.InvalidInput;
import io.github.keycloakmcp.admin.setup.NotPermitted;
import io.github.keycloakmcp.admin.setup.RealmSetUp;
import io.github.keycloakmcp.admin.setup.ServerAliases;
import io.github.keycloakmcp.admin.setup.ServerDocument;
import io.github.keycloakmcp.admin.setup.ServerObjects;
import io.github.keycloakmcp.admin.setup.ServerView;
import io.github.keycloakmcp.admin.setup.SetUpDocumentReader;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.admin.OperationType;
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

    /**
     * Declared servers in the order of the scopes and their lists, each with the scope that opens it and its client, where it
     * has one. A team sees its own.
     *
     * @param search a part of the URI or of the name of the scope
     * @param first how many to leave out
     * @param max how many to list; all of them if absent
     */
    @GET
    public Response list(
            @QueryParam("search") @Nullable String search,
            @QueryParam("first") @Nullable Integer first,
            @QueryParam("max") @Nullable Integer max) {
        admin.mayViewServers();
        return JsonResponses.ok(new ServerListing(admin, setUp)
                .page(search, first == null ? 0 : Math.max(0, first), max == null ? Long.MAX_VALUE : Math.max(0, max)));
    }

    /**
     * Adds a server to the scope that enabling made; one that is there already is no error. A server of a team gets its client,
     * because that is where the team is named.
     */
    @POST
    public Response add(@Nullable String body) {
        admin.mayManageServers();
        try {
            String uri = ServerUri.read(body);
            ServerDocument document = ServerDocument.of(uri);
            return new RealmChange(admin)
                    .make(own -> own.managesRealm()
                            ? new ServersResource(own).declare(uri)
                            : new ServerDeclaration(own).make(document, false));
        } catch (InvalidInput e) {
            return JsonResponses.invalid(e);
        }
    }

    /** What the realm has of one server: its client and its own scopes. */
    @GET
    @Path("object")
    public Response object(@QueryParam(URI) @Nullable String uri) {
        admin.mayViewServers();
        return uri == null || !(admin.viewsRealm() || admin.teamServers().has(uri))
                ? unknown()
                : JsonResponses.ok(ServerView.of(admin.realm(), uri));
    }

    @Path("conversion")
    public ConversionResource conversion() {
        return new ConversionResource(admin);
    }

    /**
     * Declares a server with its client and its own scopes; members that are absent stay as they are. A dry run makes the same
     * changes and takes them back, so that it tells exactly what the call would do.
     */
    @PUT
    public Response declare(@Nullable String body, @QueryParam("dryRun") @Nullable String dry) {
        admin.mayManageServers();
        try {
            ServerDocument document = ServerDocument.read(body);
            return new RealmChange(admin).make(own -> new ServerDeclaration(own).make(document, DryRun.isMeant(dry)));
        } catch (InvalidInput e) {
            return JsonResponses.invalid(e);
        }
    }

    /** Removes a server. Refresh tokens for it are refused at once, access tokens live until they expire. */
    @DELETE
    public Response remove(@QueryParam(URI) @Nullable String uri) {
        admin.mayManageServers();
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
        if (!admin.managesRealm()) {
            if (!admin.teamServers().has(uri)) {
                return unknown();
            }
            try {
                admin.teamLimits().permitRemoval(uri);
            } catch (NotPermitted e) {
                return JsonResponses.error(Response.Status.FORBIDDEN, e.problem());
            }
        }
        new ServerAliases(admin.realm(), uri).remove();
        List<String> servers = declared();
        boolean hadScopes = new ServerObjects(admin.session(), admin.realm()).withdraw(uri);
        if (servers.remove(uri)) {
            return write(servers, OperationType.DELETE, uri);
        }
        if (!hadScopes) {
            return unknown();
        }
        admin.did(OperationType.DELETE, Map.of(URI, uri), "mcp", "servers", uri);
        return JsonResponses.ok(JsonSerialization.mapper.createObjectNode().put(URI, uri));
    }

    private Response write(List<String> servers, OperationType operation, String uri) {
        if (!setUp.isEnabled()) {
            return ServerDeclaration.notEnabled();
        }
        try {
            setUp.declare(servers);
            admin.did(operation, Map.of(URI, uri), "mcp", "servers", uri);
            return JsonResponses.ok(JsonSerialization.mapper.createObjectNode().put(URI, uri));
        } catch (InvalidInput e) {
            return JsonResponses.invalid(e);
        }
    }

    private List<String> declared() {
        return new ArrayList<>(setUp.document().list(SetUpDocumentReader.SERVERS));
    }

    private static Response unknown() {
        return JsonResponses.error(
                Response.Status.NOT_FOUND, "no such MCP server in the scope that enabling made, or in an own scope");
    }
}
