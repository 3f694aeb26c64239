package io.github.keycloakmcp.admin;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.admin.McpClientView.Kind;
import io.github.keycloakmcp.platform.ClientIds;
import io.github.keycloakmcp.platform.McpClients;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.util.JsonSerialization;

/** {@code …/mcp/clients}: the MCP clients of a realm, and what an administrator can do with one. */
@Produces(MediaType.APPLICATION_JSON)
public final class ClientsResource {

    private static final int LARGEST_PAGE = 100;

    private static final String NEXT = "next";

    private final AdminContext admin;
    private final StoredMcpClients stored;

    ClientsResource(AdminContext admin) {
        this.admin = admin;
        this.stored = new StoredMcpClients(admin.session(), admin.realm());
    }

    /**
     * A page of MCP clients. {@literal next} is where the following page begins, a position in the result. A page may be short, or
     * empty, and yet have a {@literal next}: then the time for one request was over.
     *
     * @param unusedDays days in which a client was neither used nor registered
     */
    @GET
    public Response list(
            @QueryParam("search") @DefaultValue("") String text,
            @QueryParam("kind") @DefaultValue("") String kind,
            @QueryParam("vendor") @DefaultValue("") String vendor,
            @QueryParam("verified") @Nullable Boolean verified,
            @QueryParam("enabled") @Nullable Boolean enabled,
            @QueryParam("unusedDays") @DefaultValue("0") int unusedDays,
            @QueryParam("first") @DefaultValue("0") int first,
            @QueryParam("max") @DefaultValue("20") int max) {
        admin.mayView();
        Optional<Kind> known = Kind.of(kind);
        if (known.isEmpty() && !kind.isEmpty()) {
            return JsonResponses.error(
                    Response.Status.BAD_REQUEST, "kind: dynamic, metadata-document or pre-registered is expected");
        }
        ClientFilter filter =
                new ClientFilter(text, known.orElse(null), vendor, verified, enabled, ClientFilter.before(unusedDays));
        Supplier<ClientSearch.Found> search = () ->
                new ClientSearch(stored, filter).page(Math.max(0, first), Math.min(LARGEST_PAGE, Math.max(1, max)));
        return (filter.isForAll()
                        ? Optional.of(search.get())
                        : SearchTurn.ofNode().take(search))
                .map(this::page)
                .orElseGet(() -> JsonResponses.error(
                        Response.Status.SERVICE_UNAVAILABLE,
                        "other searches keep the database busy; search again in a few seconds"));
    }

    private Response page(ClientSearch.Found found) {
        ObjectNode page = JsonSerialization.mapper.createObjectNode();
        ArrayNode clients = page.putArray("clients");
        Map<String, Long> sessions = new ClientSessions(admin.session(), admin.realm())
                .of(found.clients().stream().map(McpClientView::id).toList());
        found.clients()
                .forEach(client -> clients.add(client.json().put("sessions", sessions.getOrDefault(client.id(), 0L))));
        found.next().ifPresent(next -> page.put(NEXT, next));
        return JsonResponses.ok(page);
    }

    /** Enables or disables a client. A disabled client cannot log in, and its refresh tokens are rejected at once. */
    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response change(@PathParam("id") String id, @Nullable String body) {
        admin.mayManage();
        Optional<Boolean> enabled = enabled(body);
        return enabled.isEmpty()
                ? JsonResponses.error(Response.Status.BAD_REQUEST, "enabled: true or false is expected")
                : ifMcp(id, (own, client) -> new ClientSwitch(own).set(client, enabled.get()));
    }

    /** Ends the sessions of a client, and with them its refresh tokens, offline ones included. */
    @POST
    @Path("{id}/logout")
    public Response logOut(@PathParam("id") String id) {
        admin.mayManage();
        Response revoked = ifMcp(id, (own, client) -> new ClientSwitch(own).revoke(client));
        return revoked.getStatus() == Response.Status.OK.getStatusCode() ? new ClientLogout(admin).of(id) : revoked;
    }

    /** Removes one self-registered client; it may register again unless the registration policy refuses it. */
    @DELETE
    @Path("{id}")
    public Response remove(@PathParam("id") String id) {
        admin.mayManage();
        return find(admin, id)
                .map(McpClientView::of)
                .filter(McpClientView::cameByItself)
                .map(client -> new RemovalOfClients(admin, McpClientView::cameByItself).remove(List.of(client)))
                .orElseGet(
                        () -> JsonResponses.error(Response.Status.NOT_FOUND, "no self-registered client with this id"));
    }

    /** Removes all self-registered clients whose codes go to a host or scheme; with {@code dryRun} it only names them. */
    @DELETE
    public Response removeVendor(
            @QueryParam("vendor") @Nullable String vendor, @QueryParam("dryRun") @Nullable String dry) {
        admin.mayManage();
        if (vendor == null || vendor.isBlank()) {
            return JsonResponses.error(Response.Status.BAD_REQUEST, "vendor: a host, a scheme or loopback is expected");
        }
        List<McpClientView> clients = new ClientSearch(stored, ClientFilter.ofVendor(vendor))
                .all().stream().filter(McpClientView::cameByItself).toList();
        return DryRun.isMeant(dry)
                ? RemovalOfClients.planned(clients)
                : new RemovalOfClients(admin, client -> client.cameByItself() && client.isOfVendor(vendor))
                        .remove(clients);
    }

    private Response ifMcp(String id, BiFunction<AdminContext, ClientModel, Response> action) {
        return new RealmChange(admin)
                .make(own -> find(own, id)
                        .filter(McpClients::isMcp)
                        .map(client -> action.apply(own, client))
                        .orElseGet(() -> JsonResponses.error(Response.Status.NOT_FOUND, "no MCP client with this id")));
    }

    private static Optional<ClientModel> find(AdminContext admin, String id) {
        return Optional.of(id).filter(ClientIds::isPossible).map(admin.realm()::getClientById);
    }

    private static Optional<Boolean> enabled(@Nullable String body) {
        try {
            JsonNode enabled = JsonSerialization.mapper
                    .readTree(Objects.requireNonNullElse(body, ""))
                    .path("enabled");
            return enabled.isBoolean() ? Optional.of(enabled.asBoolean()) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
