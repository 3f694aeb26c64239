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
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.ClientModel;
import org.keycloak.services.managers.ClientManager;
import org.keycloak.services.managers.RealmManager;
import org.keycloak.util.JsonSerialization;

/** {@code …/mcp/clients}: the MCP clients of a realm, and the removal of those that came by themselves. */
@Produces(MediaType.APPLICATION_JSON)
public final class ClientsResource {

    private static final int PAGE = 20;
    private static final int LARGEST_PAGE = 100;

    private final AdminContext admin;

    ClientsResource(AdminContext admin) {
        this.admin = admin;
    }

    /**
     * A page of MCP clients. Keycloak finds clients by their attributes only where it was told to before, so the clients
     * of the realm are read one after the other until the page is full; {@code next} is where the next page begins.
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
        List<McpClientView> found = McpClientView.of(admin.realm())
                .filter(client -> client.isOfKind(kind) && client.isOfVendor(vendor) && client.matches(search))
                .skip(from)
                .limit(size + 1L)
                .toList();
        ObjectNode page = JsonSerialization.mapper.createObjectNode();
        ArrayNode clients = page.putArray("clients");
        found.stream().limit(size).forEach(client -> clients.add(client.json(admin.session())));
        if (found.size() > size) {
            page.put("next", from + size);
        }
        return JsonResponses.ok(page);
    }

    /** Removes one client that came by itself; it may come again unless the registration policy says no. */
    @DELETE
    @Path("{id}")
    public Response remove(@PathParam("id") String id) {
        admin.mayManage();
        ClientModel client = ClientIds.isPossible(id) ? admin.realm().getClientById(id) : null;
        if (client == null || !McpClientView.of(client).cameByItself()) {
            return JsonResponses.error(Response.Status.NOT_FOUND, "no client with this id that came by itself");
        }
        return remove(List.of(client));
    }

    /** Removes all clients that came by themselves and whose codes go to a host or scheme. */
    @DELETE
    public Response removeVendor(@QueryParam("vendor") @Nullable String vendor) {
        admin.mayManage();
        if (vendor == null || vendor.isBlank()) {
            return JsonResponses.error(Response.Status.BAD_REQUEST, "vendor: a host, a scheme or loopback is expected");
        }
        return remove(McpClientView.of(admin.realm())
                .filter(client -> client.cameByItself() && client.isOfVendor(vendor))
                .map(McpClientView::client)
                .toList());
    }

    private Response remove(List<ClientModel> clients) {
        ClientManager manager = new ClientManager(new RealmManager(admin.session()));
        ArrayNode removed = JsonSerialization.mapper.createArrayNode();
        for (ClientModel client : clients) {
            removed.add(client.getClientId());
            manager.removeClient(admin.realm(), client);
        }
        if (!removed.isEmpty()) {
            admin.did(OperationType.DELETE, removed);
        }
        ObjectNode answer = JsonSerialization.mapper.createObjectNode();
        answer.set("removed", removed);
        return JsonResponses.ok(answer);
    }
}
