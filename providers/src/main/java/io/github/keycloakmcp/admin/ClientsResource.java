package io.github.keycloakmcp.admin;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.platform.ClientIds;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.util.JsonSerialization;

/** {@code …/mcp/clients}: the MCP clients of a realm, and the removal of the self-registered ones. */
@Produces(MediaType.APPLICATION_JSON)
public final class ClientsResource {

    private static final int PAGE = 20;
    private static final int LARGEST_PAGE = 100;

    private static final String NEXT = "next";

    private final AdminContext admin;

    ClientsResource(AdminContext admin) {
        this.admin = admin;
    }

    /**
     * A page of MCP clients. {@code next} is where the following page begins, a position among all clients of the realm. A
     * page may be short, or empty, and yet have a {@code next}: then the time for one request was over.
     */
    @GET
    public Response list(
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("vendor") @Nullable String vendor,
            @QueryParam("search") @Nullable String search,
            @QueryParam("first") @Nullable Integer first,
            @QueryParam("max") @Nullable Integer max) {
        admin.mayView();
        int from = Math.max(0, Optional.ofNullable(first).orElse(0));
        int size = Math.min(LARGEST_PAGE, Math.max(1, Optional.ofNullable(max).orElse(PAGE)));
        ObjectNode page = JsonSerialization.mapper.createObjectNode();
        ArrayNode clients = page.putArray("clients");
        new ClientScan(admin)
                .from(
                        from,
                        client -> client.matches(search) && client.isOfVendor(vendor) && client.isOfKind(kind),
                        (session, client) -> {
                            boolean fits = clients.size() < size;
                            if (fits) {
                                clients.add(client.json(session));
                            }
                            return fits;
                        })
                .ifPresent(next -> page.put(NEXT, next));
        return JsonResponses.ok(page);
    }

    /** Removes one self-registered client; it may register again unless the registration policy refuses it. */
    @DELETE
    @Path("{id}")
    public Response remove(@PathParam("id") String id) {
        admin.mayManage();
        ClientModel client = ClientIds.isPossible(id) ? admin.realm().getClientById(id) : null;
        if (client == null || !McpClientView.of(client).cameByItself()) {
            return JsonResponses.error(Response.Status.NOT_FOUND, "no self-registered client with this id");
        }
        return new RemovalOfClients(admin, McpClientView::cameByItself).remove(List.of(client));
    }

    /** Removes all self-registered clients whose codes go to a host or scheme; with {@code dryRun} it only names them. */
    @DELETE
    public Response removeVendor(
            @QueryParam("vendor") @Nullable String vendor, @QueryParam("dryRun") @Nullable String dry) {
        admin.mayManage();
        if (vendor == null || vendor.isBlank()) {
            return JsonResponses.error(Response.Status.BAD_REQUEST, "vendor: a host, a scheme or loopback is expected");
        }
        RemovalOfClients removal =
                new RemovalOfClients(admin, client -> client.cameByItself() && client.isOfVendor(vendor));
        List<ClientModel> clients = removal.chosen();
        return DryRun.isMeant(dry) ? RemovalOfClients.planned(clients) : removal.remove(clients);
    }
}
